import type {ModelRun} from "../training/evaluate.js";
import {drawConfusion} from "./confusion-chart.js";
import {drawPredictions} from "./prediction-chart.js";
import {drawScores} from "./score-chart.js";

/**
 * Draws how a model did on recordings: the confusion matrix, for each target what it predicted, or anomaly scores.
 * @param name the model's
 * @returns SVG documents by file name
 */
export function drawEvaluation(
  name: string,
  {evaluation, wanted, outputs, scores = [], anomalous = []}: ModelRun,
): Record<string, string> {
  if (evaluation.kind === "classification")
    return {[`${name}.confusion.svg`]: drawConfusion(`${name}: what was taken for what`, evaluation)};
  if (evaluation.kind === "anomaly")
    return {[`${name}.scores.svg`]: drawScores(`${name}: anomaly scores`, evaluation, scores, anomalous)};
  return Object.fromEntries(
    evaluation.targets.map((target, at) => [
      // Numbered, as a target's name may be none for a file.
      `${name}.predictions-${at + 1}.svg`,
      drawPredictions(
        `${name}: predictions`,
        target,
        wanted.map((row, k) => ({wanted: row[at], output: outputs[k][at]})),
      ),
    ]),
  );
}
