import type {Random} from "../../runtime/random.js";
import type {Recording} from "../datasets/dataset.js";
import {cosine, sine} from "../recordings/sine.js";

/**
 * Turns the sensor about a direction drawn evenly from all, by an angle drawn evenly. All its groups of x, y, z turn
 * together, as they sit on one chip. By a quaternion that is normalised, so that lengths stay as they are.
 *
 * @param recording with axes in groups of x, y, z
 * @param degrees how far at most, either way
 */
export function rotate(recording: Recording, degrees: number, random: Random): Recording {
  const {samples} = recording;
  const matrix = drawRotation(degrees, random);
  const turned = new Float32Array(samples.length);
  for (let group = 0; group < samples.length; group += 3) {
    for (let row = 0; row < 3; row++) {
      turned[group + row] =
        matrix[row][0] * samples[group] +
        matrix[row][1] * samples[group + 1] +
        matrix[row][2] * samples[group + 2];
    }
  }
  return {...recording, samples: turned};
}

/** @returns a 3 x 3 matrix, row by row */
function drawRotation(degrees: number, random: Random): readonly (readonly number[])[] {
  // Three normal numbers have no direction they prefer.
  let axis: number[];
  let length: number;
  do {
    axis = [random.normal(), random.normal(), random.normal()];
    length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
  } while (length === 0);
  // Half the angle, in turns.
  const half = (degrees * (2 * random.uniform() - 1)) / 720;
  const w = cosine(half);
  const [x, y, z] = axis.map((part) => (sine(half) * part) / length);
  const double = 2 / (w * w + x * x + y * y + z * z);
  return [
    [1 - double * (y * y + z * z), double * (x * y - w * z), double * (x * z + w * y)],
    [double * (x * y + w * z), 1 - double * (x * x + z * z), double * (y * z - w * x)],
    [double * (x * z - w * y), double * (y * z + w * x), 1 - double * (x * x + y * y)],
  ];
}
