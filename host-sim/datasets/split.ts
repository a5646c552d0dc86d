import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import {checkSeed} from "../check-option.js";
import type {Dataset} from "./dataset.js";
import {
  checkEnough,
  checkLabelsToTrain,
  type Grouping,
  type Stratum,
  shuffleStart,
  strataOf,
} from "./strata.js";

/** How a dataset is divided. */
export interface SplitOptions {
  /** Share of each label's recordings that go to the test side, between 0 and 1, neither included. */
  readonly testShare: number;
  /** Whole number; the same seed divides the same dataset the same way, on every machine. */
  readonly seed: number;
  /** "person" keeps all recordings of a person on one side; shares then count people. Default "recording". */
  readonly by?: Grouping | undefined;
}

/** How a dataset is divided in three. */
export interface ThreeWaySplitOptions extends SplitOptions {
  /** Share that goes to the validation side, as `testShare`; both together below 1. */
  readonly validationShare: number;
}

/** Both sides have all labels, with the same indices. */
export interface Split {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** All sides have all labels, with the same indices. */
export interface ThreeWaySplit extends Split {
  /** What settings are chosen by, so that the test side says how well the choice does on what it never saw. */
  readonly validation: Dataset;
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
export function splitDataset(dataset: Dataset, {testShare, seed, by}: SplitOptions): Split {
  checkShare("testShare", testShare);
  const [test] = holdOut(dataset, [testShare], seed, by, "one to train and one to test");
  return {train: without(dataset, test), test: within(dataset, test)};
}

/**
 * Divides a dataset in three as splitDataset does in two; with the same test share and seed, but for very few
 * recordings, the test side is of the same size.
 *
 * @throws InputError as splitDataset does; each label needs three recordings, or there must be three people
 */
export function splitInThree(
  dataset: Dataset,
  {validationShare, testShare, seed, by}: ThreeWaySplitOptions,
): ThreeWaySplit {
  checkShare("testShare", testShare);
  checkShare("validationShare", validationShare);
  if (validationShare + testShare >= 1) {
    throw new InputError(
      "validationShare",
      "less than 1 together with testShare",
      String(validationShare + testShare),
      "Take 0.2 of each, for example.",
    );
  }
  const purpose = "one to train, one to validate and one to test";
  const [test, validation] = holdOut(dataset, [testShare, validationShare], seed, by, purpose);
  return {
    train: without(dataset, new Set([...test, ...validation])),
    validation: within(dataset, validation),
    test: within(dataset, test),
  };
}

/** @returns for each share the indices of the recordings that are held out */
function holdOut(
  dataset: Dataset,
  shares: readonly number[],
  seed: number,
  by: Grouping | undefined,
  purpose: string,
): Set<number>[] {
  checkSeed(seed);
  const random = new Random(seed);
  const sides = shares.map(() => new Set<number>());
  for (const stratum of strataOf(dataset, by ?? "recording")) {
    checkEnough(
      stratum,
      shares.length + 1,
      purpose,
      "Record more, give recordings of their own for the test, or say what a recording is (--rows-per-recording).",
    );
    const counts = countsOf(stratum, shares);
    const units = [...stratum.units];
    shuffleStart(
      units,
      counts.reduce((sum, count) => sum + count, 0),
      random,
    );
    for (const [side, count] of counts.entries()) {
      for (const unit of units.splice(0, count)) for (const index of unit) sides[side].add(index);
    }
  }
  checkLabelsToTrain(dataset, (index) => sides.some((side) => side.has(index)));
  return sides;
}

/** @returns for each share how many units: the nearest number that leaves one for each side still to come */
function countsOf({units}: Stratum, shares: readonly number[]): number[] {
  let left = units.length;
  return shares.map((share, index) => {
    const count = Math.min(Math.max(Math.round(units.length * share), 1), left - (shares.length - index));
    left -= count;
    return count;
  });
}

function checkShare(option: string, share: number): void {
  if (share > 0 && share < 1) return;
  throw new InputError(option, "a number between 0 and 1", String(share), "Take 0.2, for example.");
}

function within(dataset: Dataset, indices: ReadonlySet<number>): Dataset {
  return {...dataset, recordings: dataset.recordings.filter((_, index) => indices.has(index))};
}

function without(dataset: Dataset, indices: ReadonlySet<number>): Dataset {
  return {...dataset, recordings: dataset.recordings.filter((_, index) => !indices.has(index))};
}
