import type {Description} from "../../compiler/description/schema.js";

/** What is drawn at random, each from a seed of its own. */
export interface Seeds {
  /** Which recordings are held out for validation. Starting weights and dropout take the same. */
  readonly validation: number;
  /** The examples that centroids start from. */
  readonly centroids: number;
  /** The order of the examples in each epoch. */
  readonly order: number;
  /** The changes of augmentation's copies. */
  readonly augmentation: number;
  /** The order of the examples in fine-tuning, which augments nothing. */
  readonly fineTuning: number;
}

/** @returns the seeds of all purposes, which follow from the description's one; figures in docs/ rest on these */
export function seedsOf({training: {seed}}: Description): Seeds {
  return {validation: seed, centroids: seed, order: seed + 1, augmentation: seed + 2, fineTuning: seed + 2};
}
