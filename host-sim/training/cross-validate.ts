import type {Description} from "../../compiler/description/schema.js";
import type {Dataset} from "../datasets/dataset.js";
import {type FoldOptions, foldsOf} from "../datasets/folds.js";
import {evaluateModel} from "./evaluate.js";
import {scoreOf} from "./score.js";
import {train} from "./train.js";

export interface CrossValidationOptions extends FoldOptions {
  /** Called with the score of each fold as soon as it is known. */
  readonly onScore?: ((score: number) => void) | undefined;
}

/** How well a description does on recordings that it didn't learn from, whichever these are. */
export interface CrossValidation {
  /** Of each fold, the score on its recordings of a network trained on all others; higher is better. */
  readonly scores: readonly number[];
  /** Mean of the scores. */
  readonly mean: number;
  /** Of the mean: the scores' standard deviation (n - 1) over the square root of their number. */
  readonly standardError: number;
}

/**
 * K-fold cross-validation: trains as many networks as there are folds, and scores each on the fold that it never saw. What
 * the description holds out for validation is taken from the other folds. The same description, dataset and options
 * give the same scores on every machine.
 *
 * @param division how the dataset is divided
 * @throws InputError as foldsOf and train do
 */
export function crossValidate(
  description: Description,
  dataset: Dataset,
  {onScore, ...division}: CrossValidationOptions,
): CrossValidation {
  const scores = foldsOf(dataset, division).map((fold) => {
    const {compiled} = train(description, fold.train, {learn: [], by: division.by});
    const score = scoreOf(evaluateModel(compiled, fold.validation));
    onScore?.(score);
    return score;
  });
  const mean = meanOf(scores);
  const variance = (scores.length * meanOf(scores.map((score) => (score - mean) ** 2))) / (scores.length - 1);
  return {scores, mean, standardError: Math.sqrt(variance / scores.length)};
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
