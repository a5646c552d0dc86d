import {checkWhole} from "../../check-option.js";
import {sine} from "../../recordings/sine.js";
import {type Dataset, makeDataset, type Recording} from "../dataset.js";

export interface SineOptions {
  /** How many points, evenly from the beginning to the end, 2 to 100,000. Default 1000. */
  readonly examples?: number | undefined;
  /** What x is measured in: "turns" lets it go from 0 to 1, "radians" from 0 to 2 pi. Default "turns". */
  readonly unit?: "turns" | "radians" | undefined;
}

const RADIANS_IN_A_TURN = 6.283185307179586;

/**
 * One wave of the sine as numbers to predict: the axis `x` and the target `y`, within 1e-8 of sin(x). No seed, as nothing
 * is drawn; the same bytes on every machine.
 *
 * @throws InputError for an option out of range
 */
export function makeSine({examples = 1000, unit = "turns"}: SineOptions = {}): Dataset {
  checkWhole("examples", examples, 2, 100_000);
  const recordings = Array.from({length: examples}, (_, index): Recording => {
    const turns = index / (examples - 1);
    return {
      label: "sine",
      samples: Float32Array.of(unit === "turns" ? turns : turns * RADIANS_IN_A_TURN),
      targets: Float32Array.of(sine(turns)),
      rows: 1,
      source: `sine ${index + 1}`,
    };
  });
  return makeDataset(["x"], recordings, [], ["y"]);
}
