import type {Compiled} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {Network} from "../../runtime/network.js";
import type {Dataset} from "../datasets/dataset.js";
import {type AnomalyMetrics, measureAnomalies} from "../metrics/anomaly.js";
import {type ClassificationScores, scoreClassification} from "../metrics/classification.js";
import {type RegressionOptions, type RegressionScores, scoreRegression} from "../metrics/regression.js";
import {decisionOf} from "./decision.js";
import {type Answers, examplesOf} from "./features.js";

/** How a model did on recordings. */
export type Evaluation =
  | ({readonly kind: "classification"} & ClassificationScores)
  | ({readonly kind: "regression"} & RegressionScores)
  | ({readonly kind: "anomaly"} & AnomalyMetrics);

/** @returns how a model of this description is evaluated */
export function kindOf({targets, anomaly}: Description): Evaluation["kind"] {
  if (anomaly !== undefined) return "anomaly";
  return targets === undefined ? "classification" : "regression";
}

/** What a network gave for examples. */
export interface Given {
  readonly outputs: readonly Float32Array[];
  /** Anomaly scores; undefined for a network that has none. */
  readonly scores?: readonly number[] | undefined;
  /** The network's, for the scores. */
  readonly threshold?: number | undefined;
}

/** @param given for each example, in the same order */
export function evaluateOutputs(
  {labels = [], targets = []}: Pick<Description, "labels" | "targets">,
  {classes, wanted, anomalous}: Answers,
  {outputs, scores = [], threshold}: Given,
  options: RegressionOptions = {},
): Evaluation {
  if (anomalous !== undefined) return {kind: "anomaly", ...measureAnomalies(scores, anomalous, threshold)};
  if (classes === undefined)
    return {kind: "regression", ...scoreRegression(targets, wanted, outputs, options)};
  return {kind: "classification", ...scoreClassification(labels, classes, outputs.map(decisionOf))};
}

/** The parts of a compiled model that run. */
export interface RunnableModel extends Pick<Compiled, "description" | "model"> {
  readonly image: Uint8Array;
}

/** What a model gave for recordings. */
export interface ModelRun {
  readonly evaluation: Evaluation;
  /** Of each example, the outputs wanted and those that the network gave. */
  readonly wanted: readonly Float32Array[];
  readonly outputs: readonly Float32Array[];
  /** Of each example its anomaly score, and whether it is one; undefined for a model that finds none. */
  readonly scores: readonly number[] | undefined;
  readonly anomalous: readonly boolean[] | undefined;
}

/**
 * Runs a compiled model over recordings, in this process.
 * @throws InputError as examplesOf does
 */
export function runModel(
  {description, model, image}: RunnableModel,
  dataset: Dataset,
  options: RegressionOptions = {},
): ModelRun {
  const examples = examplesOf(description, dataset);
  const network = new Network(model, image);
  const isScored = network.loss.score !== undefined;
  const scores: number[] = [];
  const outputs = examples.features.map((row) => {
    network.load(row);
    if (isScored) scores.push(network.score());
    else network.predict();
    return network.output.slice();
  });
  const {threshold} = network;
  const evaluation = evaluateOutputs(description, examples, {outputs, scores, threshold}, options);
  const {wanted, anomalous} = examples;
  return {evaluation, wanted, outputs, scores: isScored ? scores : undefined, anomalous};
}

/** @returns how a compiled model does on recordings; @throws InputError as examplesOf does */
export function evaluateModel(model: RunnableModel, dataset: Dataset): Evaluation {
  return runModel(model, dataset).evaluation;
}
