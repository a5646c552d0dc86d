import {Random} from "../../../runtime/random.js";
import {checkRange, checkSeed, checkWhole} from "../../check-option.js";
import {type Dataset, makeDataset, type Recording} from "../dataset.js";

export interface XorOptions {
  /** How many points, 4 to 100,000; they go round the four corners. Default 4. */
  readonly examples?: number | undefined;
  /** Standard deviation of what is added to each coordinate, 0 to 1. Default 0. */
  readonly noise?: number | undefined;
  /** Whole number; the same seed gives the same bytes on every machine. Default 1. */
  readonly seed?: number | undefined;
}

/**
 * The exclusive or: the corners of the unit square, labelled "1" where just one of `a` and `b` is 1, else "0". The least
 * that no network without a hidden layer learns (M. Minsky and S. Papert, Perceptrons, 1969).
 *
 * @throws InputError for an option out of range
 */
export function makeXor({examples = 4, noise = 0, seed = 1}: XorOptions = {}): Dataset {
  checkWhole("examples", examples, 4, 100_000);
  checkRange("noise", noise, 0, 1);
  checkSeed(seed);
  const random = new Random(seed);
  const recordings = Array.from({length: examples}, (_, index): Recording => {
    const a = index & 1;
    const b = (index >> 1) & 1;
    return {
      label: String(a ^ b),
      samples: Float32Array.of(a + noise * random.normal(), b + noise * random.normal()),
      rows: 1,
      source: `xor ${index + 1}`,
    };
  });
  return makeDataset(["a", "b"], recordings);
}
