import {makeOptimizer, type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import type {LearnerOptions} from "../../../runtime/learning/learner-options.js";
import {compileLayers} from "../../runtime/small-model.js";

/** 2-3-2: 17 parameters, 68 bytes; two blocks of 60. */
export const compiled = compileLayers(
  2,
  [
    {type: "dense", units: 3, activation: "relu", dropout: 0.2},
    {type: "dense", units: 2, activation: "softmax"},
  ],
  "crossEntropy",
  [...optimizerNames, {optimizer: "adam", layers: 1}],
);

export function learnerWith(
  optimizer: OptimizerName,
  options: LearnerOptions = {},
  image: Uint8Array = compiled.image,
): Learner {
  return new Learner(compiled.model, image.slice().buffer, makeOptimizer(optimizer), options);
}

/** Teaches example `k`, each a little different. */
export function teach(learner: Learner, k: number): void {
  learner.network.load([Math.fround(Math.sin(k)), Math.fround((k % 7) / 7)]);
  learner.learn(k % 2);
}

/** @returns the bits of all that the arena holds of what was learned: parameters, then states */
export function learnedOf({network}: Learner): string {
  const {words} = network.views;
  const {parametersAt, learned, states, statesAt} = network.plan;
  const parameters = words.subarray(parametersAt, parametersAt + learned);
  return states === 0
    ? parameters.join()
    : `${parameters.join()},${words.subarray(statesAt, statesAt + learned * states).join()}`;
}

export function parametersOf({network}: Learner): string {
  const {parametersAt, learned} = network.plan;
  return network.views.words.subarray(parametersAt, parametersAt + learned).join();
}
