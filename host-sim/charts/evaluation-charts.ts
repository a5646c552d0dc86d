import type {Evaluation} from "../training/evaluate.js";
import {drawConfusion} from "./confusion-chart.js";

/**
 * Draws how a model did on recordings.
 * @param name the model's
 * @returns SVG documents by file name
 */
export function drawEvaluation(name: string, evaluation: Evaluation): Record<string, string> {
  return {[`${name}.confusion.svg`]: drawConfusion(`${name}: what was taken for what`, evaluation)};
}
