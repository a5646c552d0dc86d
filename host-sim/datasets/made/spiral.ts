import {Random} from "../../../runtime/random.js";
import {checkRange, checkSeed, checkWhole} from "../../check-option.js";
import {cosine, sine} from "../../recordings/sine.js";
import {type Dataset, makeDataset, type Recording} from "../dataset.js";

export interface SpiralOptions {
  /** How many arms, 2 to 10. Default 3. */
  readonly classes?: number | undefined;
  /** Points on each arm, 2 to 100,000. Default 100. */
  readonly examplesPerClass?: number | undefined;
  /** Standard deviation of what is added to the angle, in radians, 0 to 3. Default 0.2. */
  readonly noise?: number | undefined;
  /** Whole number; the same seed gives the same bytes on every machine. Default 1. */
  readonly seed?: number | undefined;
}

/** Angle that an arm turns through from the middle to its end, in radians. */
const SWEEP = 4;
const RADIANS_IN_A_TURN = 6.283185307179586;

/**
 * Arms of a spiral that wind around each other in the unit circle, labelled "0", "1" and so on, in the manner of Stanford
 * University's course CS231n: a point's radius grows evenly from 0 to 1 along its arm while its angle grows by 4 radians.
 * Here arms start at equal angles, whatever their number.
 *
 * @returns points `x`, `y`, arm by arm, from the middle outwards
 * @throws InputError for an option out of range
 */
export function makeSpiral(options: SpiralOptions = {}): Dataset {
  const {classes = 3, examplesPerClass = 100, noise = 0.2, seed = 1} = options;
  checkWhole("classes", classes, 2, 10);
  checkWhole("examplesPerClass", examplesPerClass, 2, 100_000);
  checkRange("noise", noise, 0, 3);
  checkSeed(seed);
  const random = new Random(seed);
  const recordings: Recording[] = [];
  for (let arm = 0; arm < classes; arm++) {
    for (let index = 0; index < examplesPerClass; index++) {
      const radius = index / (examplesPerClass - 1);
      const turns = arm / classes + (SWEEP * radius + noise * random.normal()) / RADIANS_IN_A_TURN;
      recordings.push({
        label: String(arm),
        samples: Float32Array.of(radius * sine(turns), radius * cosine(turns)),
        rows: 1,
        source: `spiral arm ${arm} point ${index + 1}`,
      });
    }
  }
  return makeDataset(["x", "y"], recordings);
}
