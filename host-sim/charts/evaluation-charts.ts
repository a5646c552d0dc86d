import type {ModelRun} from "../training/evaluate.js";
import {drawChart} from "./chart.js";
import {drawConfusion} from "./confusion-chart.js";
import {predictionsChart} from "./prediction-chart.js";

/**
 * Draws how a model did on recordings: the confusion matrix, or for each target what it predicted.
 * @param name the model's
 * @returns SVG documents by file name
 */
export function drawEvaluation(
  name: string,
  {evaluation, wanted, outputs}: ModelRun,
): Record<string, string> {
  if (evaluation.kind === "classification")
    return {
      [`${name}.confusion.svg`]: drawConfusion(`${name}: what was taken for what`, evaluation),
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
