import {type Compiled, compile} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {withParameters} from "../../compiler/graph/graph.js";
import {lower} from "../../compiler/graph/lower.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import type {Dataset} from "../datasets/dataset.js";
import {examplesOf} from "./features.js";
import {makeLearner} from "./learner.js";

/** How one pass over the training examples went. */
export interface Epoch {
  /** Counts from 1. */
  readonly epoch: number;
  /** Mean loss of the examples, each taken just before the network learned from it. */
  readonly loss: number;
}

export interface TrainOptions {
  /** Ways of learning that the image is to hold a plan for. */
  readonly learn: readonly WayOfLearning[];
  /** Called after each epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
}

/** A trained model, and how it got there. */
export interface TrainingResult {
  readonly compiled: Compiled;
  readonly history: readonly Epoch[];
}

/**
 * Trains a network: the runtime's learner, replayed over a dataset. The same description, recordings and version give
 * the same bytes on every machine.
 *
 * @param dataset with the description's axes or columns, in its order; its labels stand in for missing ones
 * @throws InputError for labels that don't fit the description, and when training ends in numbers that aren't finite
 */
export function train(described: Description, dataset: Dataset, options: TrainOptions): TrainingResult {
  const description = {...described, labels: described.labels ?? [...dataset.labels]};
  checkAxes(description, dataset);
  checkLabels(description.name, description.labels);
  const {training} = description;
  const examples = examplesOf(description, dataset, description.labels);
  const stages = fitStages(description, examples.features);
  const graph = lower(description);
  const {image, model} = compile(description, [training.optimizer], {graph, stages});
  const learner = makeLearner(description, model, image);

  const random = new Random(training.seed + 1);
  const order = examples.classes.map((_, index) => index);
  const history: Epoch[] = [];
  for (let epoch = 1; epoch <= training.epochs; epoch++) {
    shuffle(order, random);
    let sum = 0;
    for (const index of order) {
      learner.network.load(examples.features[index]);
      sum += learner.learn(examples.classes[index]);
    }
    learner.update();
    const result = {epoch, loss: sum / order.length};
    history.push(result);
    options.onEpoch?.(result);
  }
  const {arena, plan} = learner.network;
  const parameters = arena.slice(plan.parametersAt, plan.parametersAt + plan.learned);
  return {
    compiled: compile(description, options.learn, {graph: withParameters(graph, parameters), stages}),
    history,
  };
}

function checkAxes({name, input}: Description, {axes}: Dataset): void {
  const expected = "columns" in input ? input.columns : input.axes;
  if (expected.join("\n") !== axes.join("\n")) {
    const place = `${name}: input.${"columns" in input ? "columns" : "axes"}`;
    throw new InputError(
      place,
      expected.join(", "),
      axes.join(", "),
      "Read the recordings with the model's axes.",
    );
  }
}

function checkLabels(name: string, labels: readonly string[]): void {
  if (labels.length > 1) return;
  const remedy = "Record another class, or name the column with the label (--label-column).";
  throw new InputError(
    `${name}: labels of the recordings`,
    "two or more",
    labels.join(", ") || "none",
    remedy,
  );
}

/** R. A. Fisher and F. Yates' shuffle, in the form of R. Durstenfeld (Communications of the ACM 7(7), 1964). */
function shuffle(order: number[], random: Random): void {
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    const held = order[k];
    order[k] = order[other];
    order[other] = held;
  }
}
