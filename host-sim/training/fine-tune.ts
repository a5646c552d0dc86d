import {type Compiled, compile, type Trained} from "../../compiler/compile.js";
import {parametersOf, withParameters} from "../../compiler/graph/graph.js";
import {quantizeWeightsOf} from "../../compiler/passes/quantize-weights.js";
import {InputError} from "../../runtime/input-error.js";
import type {Learner} from "../../runtime/learner.js";
import {Random} from "../../runtime/random.js";
import type {Dataset} from "../datasets/dataset.js";
import {batchOf} from "./batch-of.js";
import {examplesOf} from "./features.js";
import {makeLearner} from "./make-learner.js";
import {foldTargets, scaleTargets, targetScaleOf, unfoldTargets} from "./scale-targets.js";
import {seedsOf} from "./seeds.js";
import {shuffle} from "./shuffle.js";

/**
 * Trains a network further so that its weights are good as int8 numbers: each batch runs with weights rounded to int8, and
 * what it learns is added to the unrounded ones, as if rounding had a slope of 1 (the straight-through estimator of
 * Y. Bengio, N. Leonard and A. Courville, 2013; B. Jacob et al., 2018, section 3). Activations stay float32 meanwhile.
 * Targets are standardized as in training; a row's own scale lets rounding commute with that.
 *
 * @param compiled in whatever format; training goes on from its float32 source, as its description's `training` says
 * @param dataset with the description's labels or targets
 * @param epochs passes over the dataset
 * @returns the unrounded parameters, for compile
 * @throws InputError for a model that learns what is normal, and as examplesOf, batchOf and the learner do
 */
export function fineTune({description, source}: Compiled, dataset: Dataset, epochs: number): Trained {
  const {training, anomaly, name} = description;
  if (anomaly !== undefined) {
    const remedy = "Leave fine-tuning out, or train it anew.";
    throw new InputError(
      `${name}: fine-tuning`,
      "a model with labels or targets",
      "one for anomalies",
      remedy,
    );
  }
  const examples = examplesOf(description, dataset);
  const scale = targetScaleOf(description, examples.wanted);
  const {features, wanted} = scaleTargets(examples, scale);
  const start = unfoldTargets(source.graph, scale);
  const float = compile(description, [training.optimizer], {...source, graph: start});
  const batch = batchOf(description, features.length);
  const learner = makeLearner(description, float.model, float.image, {batch});
  const {arena, plan} = learner.network;
  const parameters = arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
  const unrounded = Float64Array.from(parameters);
  const rounded = new Float32Array(plan.learned);
  const random = new Random(seedsOf(description).fineTuning);
  const order = features.map((_, index) => index);

  const round = () => {
    const graph = withParameters(start, Float32Array.from(unrounded));
    rounded.set(parametersOf(quantizeWeightsOf(graph)));
    parameters.set(rounded);
  };
  const keep = () => {
    for (let k = 0; k < plan.learned; k++) unrounded[k] += parameters[k] - rounded[k];
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      if (learner.pending === 0) round();
      learnFrom(learner, features[index], wanted[index]);
      if (learner.pending === 0) keep();
    }
    if (learner.pending > 0) {
      learner.update();
      keep();
    }
  }
  const learned = withParameters(start, Float32Array.from(unrounded));
  return {graph: foldTargets(learned, scale), stages: source.stages};
}

function learnFrom(learner: Learner, features: Float32Array, wanted: Float32Array): void {
  learner.network.load(features);
  learner.target.set(wanted);
  learner.learnTarget();
}
