import type {ModelRun} from "../training/evaluate.js";
import {drawChart} from "./chart.js";
import {drawConfusion} from "./confusion-chart.js";
import {predictionsChart} from "./prediction-chart.js";
import {scoresChart} from "./score-chart.js";

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
    return {
      [`${name}.scores.svg`]: drawChart(
        scoresChart(`${name}: anomaly scores`, evaluation, scores, anomalous),
      ),
    };
  return Object.fromEntries(
    evaluation.targets.map((target, at) => [
      // Numbered, as a target's name may be none for a file.
      `${name}.predictions-${at + 1}.svg`,
      drawChart(
        predictionsChart(
          `${name}: predictions`,
          target,
          wanted.map((row, k) => ({wanted: row[at], output: outputs[k][at]})),
        ),
      ),
    ]),
  );
}
