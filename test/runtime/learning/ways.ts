import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {makeOptimizer, type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import type {LearnerOptions} from "../../../runtime/learning/learner-options.js";
import type {Model} from "../../../runtime/model.js";
import {InverseTime} from "../../../runtime/schedules/inverse-time.js";
import {compileLayers} from "../small-model.js";

/** A way of learning: what the layers say, and what the learner is told. */
export interface Way {
  readonly title: string;
  readonly layer?: Partial<DescriptionSource["layers"][number]>;
  readonly dropout?: number;
  readonly options?: () => LearnerOptions;
  /** Whether optimizers in place refuse it. */
  readonly needsGradients?: boolean;
}

const penalties = {l1: 0.001, l2: 0.01, biasL1: 0.002, biasL2: 0.02};

export const ways: readonly Way[] = [
  {title: "plain"},
  {title: "L1 and L2", layer: penalties},
  {title: "dropout", dropout: 0.3},
  {
    title: "clipping by value and norm",
    options: () => ({clipValue: 0.1, clipNorm: 0.2}),
    needsGradients: true,
  },
  {title: "guard", options: () => ({guard: true})},
  {title: "schedule", options: () => ({schedule: new InverseTime({decay: 0.1})})},
  {title: "watch", options: () => ({watchNeurons: true})},
  {title: "the last layer alone", layer: penalties, options: () => ({layers: 1, guard: true})},
  {
    title: "everything together",
    layer: penalties,
    dropout: 0.3,
    options: () => ({
      clipValue: 0.1,
      clipNorm: 0.2,
      guard: true,
      schedule: new InverseTime({decay: 0.1}),
      watchNeurons: true,
      keepBest: true,
    }),
    needsGradients: true,
  },
];

/** @returns whether it keeps no gradients */
export function isInPlace(optimizer: OptimizerName): boolean {
  return makeOptimizer(optimizer).gradients === 0;
}

/** Every optimizer with every way that it knows. */
export const optimizersAndWays = optimizerNames.flatMap((optimizer) =>
  ways
    .filter((way) => !isInPlace(optimizer) || !way.needsGradients)
    .map((way) => ({title: `${optimizer}, ${way.title}`, optimizer, way})),
);

export const INPUTS = 5;
export const CLASSES = 3;

/**
 * A learner of 5-7-6-3 with ReLU, tanh and softmax, always the same one; batches of 3, or 1 in place.
 * @param change what to do to the compiled model first, as to count what its operators do
 */
export function learnerOf(
  optimizer: OptimizerName,
  way: Way,
  change: (model: Model) => Model = (model) => model,
): Learner {
  const {dropout = 0} = way;
  const {image, model} = compileLayers(
    INPUTS,
    [
      {type: "dense", units: 7, activation: "relu", dropout, ...way.layer},
      {type: "dense", units: 6, activation: "tanh", dropout, ...way.layer},
      {type: "dense", units: CLASSES, activation: "softmax", ...way.layer},
    ],
    "crossEntropy",
    [optimizer, {optimizer, layers: 1}],
  );
  const batch = isInPlace(optimizer) ? 1 : 3;
  const made = makeOptimizer(optimizer, {learningRate: 0.05});
  return new Learner(change(model), image, made, {batch, ...way.options?.()});
}

/** @returns a copy of the parameters that learn */
export function parametersOf({network: {arena, plan}}: Learner): Float32Array {
  return arena.slice(plan.parametersAt, plan.parametersAt + plan.learned);
}
