import type {Dataset} from "../datasets/dataset.js";
import {type RunnableModel, runModel} from "../training/evaluate.js";
import type {QualityFigures} from "./model-report.js";

/** @param path where the recordings are; @throws InputError as runModel does */
export function qualityFigures(model: RunnableModel, recordings: Dataset, path: string): QualityFigures {
  const {evaluation, wanted, outputs, scores = [], anomalous = []} = runModel(model, recordings);
  const targets = evaluation.kind === "regression" ? evaluation.targets : [];
  return {
    recordings: path,
    evaluation,
    predictions: targets.map((_, at) => wanted.map((row, k) => ({wanted: row[at], output: outputs[k][at]}))),
    scores: anomalous.map((isAnomaly, k) => ({score: scores[k], anomalous: isAnomaly})),
  };
}
