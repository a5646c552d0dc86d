import {InputError} from "../../runtime/input-error.js";
import type {Evaluation} from "./evaluate.js";

/**
 * One number to rank models by, higher is better: the accuracy of a classifier, 0 to 1; the R2 of a network that predicts
 * numbers, at most 1, and -Infinity where it gave none.
 * @throws InputError for recordings whose targets are all alike, which have no R2
 */
export function scoreOf(evaluation: Evaluation): number {
  if (evaluation.kind === "classification") return evaluation.accuracy;
  if (evaluation.meanSquaredError === null) return Number.NEGATIVE_INFINITY;
  if (evaluation.r2 !== null) return evaluation.r2;
  throw new InputError(
    "targets of the recordings to score on",
    "two or more different numbers",
    `the same in all ${evaluation.examples}`,
    "Take fewer folds, or record more.",
  );
}
