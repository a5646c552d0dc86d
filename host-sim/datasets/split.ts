import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import {checkSeed} from "../check-option.js";
import type {Dataset} from "./dataset.js";
import {checkEnough, checkLabelsToTrain, type Grouping, shuffleStart, strataOf} from "./strata.js";

/** How a dataset is divided. */
export interface SplitOptions {
  /** Share of each label's recordings that go to the test side, between 0 and 1, neither included. */
  readonly testShare: number;
  /** Whole number; the same seed divides the same dataset the same way, on every machine. */
  readonly seed: number;
  /** "person" keeps all recordings of a person on one side; shares then count people. Default "recording". */
  readonly by?: Grouping | undefined;
}

/** Both sides have all labels, with the same indices. */
export interface Split {
  readonly train: Dataset;
  readonly test: Dataset;
}

/**
 * Divides a dataset in two by recording, never by row (neighbouring rows are nearly alike, so a test on them would
 * say nothing), with the same share of each label; the recordings of a side keep their order. Recordings with targets
 * are drawn from as a whole, and so are people.
 *
 * @throws InputError for a label with less than two recordings, as each side needs one, or less than two people; for a
 *   recording of nobody known and a label that no person to train on has, where people are divided; and for options
 *   out of range
 */
export function splitDataset(dataset: Dataset, {testShare, seed, by = "recording"}: SplitOptions): Split {
  checkShare("testShare", testShare);
  checkSeed(seed);
  const random = new Random(seed);
  const test = new Set<number>();
  for (const stratum of strataOf(dataset, by)) {
    checkEnough(
      stratum,
      2,
      "one to train and one to test",
      "Record more, give recordings of their own for the test, or say what a recording is (--rows-per-recording).",
    );
    const units = [...stratum.units];
    const count = Math.min(Math.max(Math.round(units.length * testShare), 1), units.length - 1);
    shuffleStart(units, count, random);
    for (const unit of units.slice(0, count)) for (const index of unit) test.add(index);
  }
  checkLabelsToTrain(dataset, (index) => test.has(index));
  const {recordings} = dataset;
  return {
    train: {...dataset, recordings: recordings.filter((_, index) => !test.has(index))},
    test: {...dataset, recordings: recordings.filter((_, index) => test.has(index))},
  };
}

function checkShare(option: string, share: number): void {
  if (share > 0 && share < 1) return;
  throw new InputError(option, "a number between 0 and 1", String(share), "Take 0.2, for example.");
}
