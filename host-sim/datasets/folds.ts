import {Random} from "../../runtime/random.js";
import {checkSeed, checkWhole} from "../check-option.js";
import type {Dataset} from "./dataset.js";
import {checkEnough, checkLabelsToTrain, type Grouping, shuffleStart, strataOf} from "./strata.js";

/** How a dataset is divided into folds. */
export interface FoldOptions {
  /** How many, from 2 to 1000. */
  readonly folds: number;
  /** Whole number; the same seed divides the same dataset the same way, on every machine. */
  readonly seed: number;
  /** "person" keeps all recordings of a person in one fold. Default "recording". */
  readonly by?: Grouping | undefined;
}

/** One round of cross-validation. */
export interface Fold {
  readonly train: Dataset;
  readonly validation: Dataset;
}

/**
 * K-fold cross-validation: each recording is validated on in one round and trained on in all others. Folds have the
 * same number of each label's recordings, and of recordings in all, to within one; people are dealt out evenly, whatever
 * number of recordings they have. Recordings keep their order.
 *
 * @returns as many rounds as folds
 * @throws InputError for a label with fewer recordings, or for fewer people, than folds; for a recording of nobody known
 *   and a label that no person to train on has, where people are divided; and for options out of range
 */
export function foldsOf(dataset: Dataset, {folds, seed, by = "recording"}: FoldOptions): Fold[] {
  checkWhole("folds", folds, 2, 1000);
  checkSeed(seed);
  const random = new Random(seed);
  const foldOf = new Map<number, number>();
  // Dealing goes on where it stopped, so that the odd ones of many labels don't all end in the first folds.
  let dealt = 0;
  for (const stratum of strataOf(dataset, by)) {
    checkEnough(stratum, folds, "one for each fold", "Record more, or take fewer folds.");
    const units = [...stratum.units];
    shuffleStart(units, units.length, random);
    for (const unit of units) {
      for (const index of unit) foldOf.set(index, dealt % folds);
      dealt++;
    }
  }
  return Array.from({length: folds}, (_, fold) => {
    const isHeldOut = (index: number) => foldOf.get(index) === fold;
    checkLabelsToTrain(dataset, isHeldOut);
    const {recordings} = dataset;
    return {
      train: {...dataset, recordings: recordings.filter((_, index) => !isHeldOut(index))},
      validation: {...dataset, recordings: recordings.filter((_, index) => isHeldOut(index))},
    };
  });
}
