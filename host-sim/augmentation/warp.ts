import type {Random} from "../../runtime/random.js";
import type {Recording} from "../datasets/dataset.js";

/** Stretches between which the speed is drawn anew; within one it changes evenly. */
const STRETCHES = 4;

/**
 * Lets the movement go quicker here and slower there, from the same beginning to the same end, as one person's timing
 * differs from time to time (T. T. Um and others, "Data augmentation of wearable sensor data for Parkinson's disease
 * monitoring using convolutional neural networks", ICMI 2017, who draw a spline). Time never stands still or goes back.
 * Between rows samples are interpolated linearly.
 *
 * @param share how far a speed may be from 1, below 1, before all are made to fit the recording's length
 */
export function warp(recording: Recording, share: number, random: Random): Recording {
  const {samples, rows} = recording;
  const speeds = Array.from({length: STRETCHES + 1}, () => 1 + share * (2 * random.uniform() - 1));
  // How far the movement has come at the end of each stretch: a speed that changes evenly counts with its mean.
  const reached = [0];
  for (let k = 0; k < STRETCHES; k++) reached.push(reached[k] + (speeds[k] + speeds[k + 1]) / 2);
  const axes = samples.length / rows;
  const last = rows - 1;
  const warped = new Float32Array(samples.length);
  for (let row = 0; row < rows; row++) {
    const time = last === 0 ? 0 : (row * STRETCHES) / last;
    const k = Math.min(Math.floor(time), STRETCHES - 1);
    const part = time - k;
    const come = reached[k] + part * (speeds[k] + (part * (speeds[k + 1] - speeds[k])) / 2);
    const from = Math.min((come / reached[STRETCHES]) * last, last);
    const before = Math.floor(from);
    const after = Math.min(before + 1, last);
    for (let axis = 0; axis < axes; axis++) {
      const sample = samples[before * axes + axis];
      warped[row * axes + axis] = sample + (from - before) * (samples[after * axes + axis] - sample);
    }
  }
  return {...recording, samples: warped};
}
