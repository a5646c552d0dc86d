import type {Compiled} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {Network} from "../../runtime/network.js";
import type {Dataset} from "../datasets/dataset.js";
import {type ClassificationScores, scoreClassification} from "../metrics/classification.js";
import {type RegressionOptions, type RegressionScores, scoreRegression} from "../metrics/regression.js";
import {decisionOf} from "./decision.js";
import {type Answers, examplesOf} from "./features.js";

/** How a model did on recordings. */
export type Evaluation =
  | ({readonly kind: "classification"} & ClassificationScores)
  | ({readonly kind: "regression"} & RegressionScores);

/** @param outputs that the network gave for each example, in the same order */
export function evaluateOutputs(
  {labels = [], targets = []}: Pick<Description, "labels" | "targets">,
  {classes, wanted}: Answers,
  outputs: readonly Float32Array[],
  options: RegressionOptions = {},
): Evaluation {
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
  const outputs = examples.features.map((row) => {
    network.load(row);
    network.predict();
    return network.output.slice();
  });
  const evaluation = evaluateOutputs(description, examples, outputs, options);
  return {evaluation, wanted: examples.wanted, outputs};
}

/** @returns how a compiled model does on recordings; @throws InputError as examplesOf does */
export function evaluateModel(model: RunnableModel, dataset: Dataset): Evaluation {
  return runModel(model, dataset).evaluation;
}
