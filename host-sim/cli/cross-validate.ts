import type {Description} from "../../compiler/description/schema.js";
import type {Dataset} from "../datasets/dataset.js";
import type {FoldOptions} from "../datasets/folds.js";
import {type CrossValidation, crossValidate} from "../training/cross-validate.js";
import {kindOf} from "../training/evaluate.js";
import {heading, print} from "./print.js";
import {qualityName} from "./print-evaluation.js";
import {scoreText, spreadText} from "./print-tuning.js";
import {startProgress} from "./progress.js";

/** Cross-validates with a progress bar on a terminal. @throws InputError as crossValidate does */
export function crossValidateWithProgress(
  description: Description,
  dataset: Dataset,
  folds: FoldOptions,
  enabled: boolean,
): CrossValidation {
  const progress = startProgress("cross-validation", folds.folds, enabled);
  let done = 0;
  try {
    return crossValidate(description, dataset, {
      ...folds,
      onScore: (score) => progress.update(++done, scoreText(score, kindOf(description))),
    });
  } finally {
    progress.stop();
  }
}

/** Prints the score of each fold and their mean. */
export function printCrossValidation(
  description: Description,
  {scores, mean, standardError}: CrossValidation,
): void {
  const kind = kindOf(description);
  heading(`Cross-validation in ${scores.length} folds, by networks that are not kept`);
  print(`  ${qualityName({kind})} of each fold: ${scores.map((score) => scoreText(score, kind)).join(", ")}`);
  print(`  mean ${spreadText({mean, standardError}, kind)} (standard error)`);
}
