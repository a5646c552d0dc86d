import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import {type Dataset, quote} from "./dataset.js";

/** How a dataset is divided. */
export interface SplitOptions {
  /** Share of each label's recordings that go to the test side, between 0 and 1, neither included. */
  readonly testShare: number;
  /** Whole number; the same seed divides the same dataset the same way, on every machine. */
  readonly seed: number;
}

/** Both sides have all labels, with the same indices. */
export interface Split {
  readonly train: Dataset;
  readonly test: Dataset;
}

/**
 * Divides a dataset in two by recording, never by row (neighbouring rows are nearly alike, so a test on them would
 * say nothing), with the same share of each label; the recordings of a side keep their order.
 *
 * @throws InputError for a label with less than two recordings, as each side needs one, and for options out of range
 */
export function splitDataset(dataset: Dataset, {testShare, seed}: SplitOptions): Split {
  if (!(testShare > 0 && testShare < 1)) {
    throw new InputError(
      "testShare",
      "a number between 0 and 1",
      String(testShare),
      "Take 0.2, for example.",
    );
  }
  if (!Number.isSafeInteger(seed)) {
    throw new InputError("seed", "a whole number", String(seed), "Take 1, for example.");
  }
  const random = new Random(seed);
  const forTest = new Set<number>();
  for (const label of dataset.labels) {
    const indices = [...dataset.recordings.keys()].filter(
      (index) => dataset.recordings[index].label === label,
    );
    if (indices.length < 2) {
      throw new InputError(
        `label ${quote(label)}`,
        "at least two recordings, one to train and one to test",
        String(indices.length),
        "Record more, give recordings of their own for the test, or say what a recording is (--rows-per-recording).",
      );
    }
    const wanted = Math.round(indices.length * testShare);
    const count = Math.min(Math.max(wanted, 1), indices.length - 1);
    // The beginning of a Fisher-Yates shuffle: as far as needed.
    for (let place = 0; place < count; place++) {
      const other = place + random.below(indices.length - place);
      [indices[place], indices[other]] = [indices[other], indices[place]];
      forTest.add(indices[place]);
    }
  }
  return {
    train: {...dataset, recordings: dataset.recordings.filter((_, index) => !forTest.has(index))},
    test: {...dataset, recordings: dataset.recordings.filter((_, index) => forTest.has(index))},
  };
}
