import {InputError} from "../../runtime/input-error.js";
import type {Evaluation} from "./evaluate.js";

/**
 * One number to rank models by, higher is better: the accuracy of a classifier, 0 to 1; the R2 of a network that predicts
 * numbers, at most 1, and -Infinity where it gave none; the area under the ROC curve of one that finds anomalies, 0 to 1.
 * @throws InputError for recordings whose targets are all alike, which have no R2, and for those without anomalies
 */
export function scoreOf(evaluation: Evaluation): number {
  if (evaluation.kind === "classification") return evaluation.accuracy;
  if (evaluation.kind === "anomaly") return areaOf(evaluation);
  if (evaluation.meanSquaredError === null) return Number.NEGATIVE_INFINITY;
  if (evaluation.r2 !== null) return evaluation.r2;
  throw new InputError(
    "targets of the recordings to score on",
    "two or more different numbers",
    `the same in all ${evaluation.examples}`,
    "Take fewer folds, or record more.",
  );
}

function areaOf({areaUnderRoc, normal, anomalies}: Evaluation & {kind: "anomaly"}): number {
  if (areaUnderRoc !== null) return areaUnderRoc;
  throw new InputError(
    "recordings to score on",
    "normal ones and anomalies",
    `${normal.examples} and ${anomalies.examples}`,
    "Take fewer folds, or record more.",
  );
}
