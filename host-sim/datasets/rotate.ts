import {InputError} from "../../runtime/input-error.js";
import {type Dataset, quote, type Recording} from "./dataset.js";

const LETTERS = ["x", "y", "z"] as const;

/** The sensor's axis it is turned about. */
export type AxisLetter = (typeof LETTERS)[number];

/**
 * What the same movements would have given with the sensor mounted turned by 90 degrees about one of its axes, counter-
 * clockwise seen from that axis' tip. About z, for example, the new x reads what y read and the new y what -x read.
 * Accelerometer and gyroscope turn together, as they sit on one chip.
 *
 * @param dataset axes in groups of three whose names end in x, y, z, such as `aX, aY, aZ, gX, gY, gZ`
 * @param about the axis that stays
 * @throws InputError for axes that aren't such groups
 */
export function rotateAxes(dataset: Dataset, about: AxisLetter): Dataset {
  const turned = LETTERS.indexOf(about);
  if (turned < 0) {
    throw new InputError("about", '"x", "y" or "z"', quote(String(about)), "Correct the option.");
  }
  checkGroups(dataset.axes);
  const first = (turned + 1) % 3;
  const second = (turned + 2) % 3;
  const recordings = dataset.recordings.map((recording): Recording => {
    const samples = recording.samples.slice();
    for (let group = 0; group < samples.length; group += 3) {
      samples[group + first] = recording.samples[group + second];
      // Not a bare minus: that would make a zero a negative zero.
      samples[group + second] = 0 - recording.samples[group + first];
    }
    return {...recording, samples};
  });
  return {...dataset, recordings};
}

/** @throws InputError for axes that aren't groups of three of one sensor, whose names end in x, y, z in this order */
export function checkGroups(axes: readonly string[]): void {
  const inGroups = axes.every((name, index) => {
    const start = index - (index % 3);
    const sameSensor = name.slice(0, -1) === axes[start].slice(0, -1);
    return sameSensor && name.slice(-1).toLowerCase() === LETTERS[index % 3];
  });
  if (inGroups && axes.length > 0 && axes.length % 3 === 0) return;
  throw new InputError(
    "axes",
    "groups of three ending in x, y, z",
    axes.map(quote).join(", ") || "none",
    "Choose and order the axes.",
  );
}
