import type {Compiled} from "../../compiler/compile.js";
import {Network} from "../../runtime/network.js";
import type {Dataset} from "../datasets/dataset.js";
import {examplesOf} from "./features.js";

/** How often a classifier was right, and what it took for what. */
export interface Evaluation {
  readonly labels: readonly string[];
  readonly examples: number;
  readonly correct: number;
  /** correct / examples */
  readonly accuracy: number;
  /** Rows: what an example is; columns: what the network said. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * @param labels the classes' names
 * @param classes of each example, the index of its label; at least one
 * @param decisions of each example, the index that the network gave
 */
export function evaluate(
  labels: readonly string[],
  classes: readonly number[],
  decisions: readonly number[],
): Evaluation {
  const confusion = labels.map(() => labels.map(() => 0));
  let correct = 0;
  classes.forEach((actual, index) => {
    // -1 says that the network gave no number.
    if (decisions[index] >= 0) confusion[actual][decisions[index]]++;
    if (actual === decisions[index]) correct++;
  });
  return {labels, examples: classes.length, correct, accuracy: correct / classes.length, confusion};
}

/** The parts of a compiled model that run. */
export type RunnableModel = Pick<Compiled, "description" | "model" | "image">;

/**
 * Runs a compiled model over recordings, in this process.
 * @throws InputError for a recording whose label the model doesn't know
 */
export function evaluateModel({description, model, image}: RunnableModel, dataset: Dataset): Evaluation {
  const labels = description.labels ?? [];
  const {features, classes = []} = examplesOf(description, dataset);
  const network = new Network(model, image);
  const decisions = features.map((row) => {
    network.load(row);
    return network.classify();
  });
  return evaluate(labels, classes, decisions);
}
