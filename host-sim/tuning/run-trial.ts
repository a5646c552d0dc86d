import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import type {FoldOptions} from "../datasets/folds.js";
import {crossValidate} from "../training/cross-validate.js";
import type {Outcome} from "./outcome.js";

/** All that a worker needs to know. */
export interface TrialTask {
  readonly description: Description;
  readonly dataset: Dataset;
  readonly folds: FoldOptions;
}

/** Cross-validates a description; one that can't be trained on the dataset has failed, and says why. */
export function runTrial({description, dataset, folds}: TrialTask): Outcome {
  try {
    const result = crossValidate(description, dataset, folds);
    if (Number.isFinite(result.mean)) return result;
    return {failed: "the network gave something that is no number"};
  } catch (error) {
    if (error instanceof InputError) return {failed: error.message};
    throw error;
  }
}
