import type {Learner} from "../../runtime/learner.js";
import {addPenalty} from "../../runtime/learning/penalty.js";
import type {Loss} from "../../runtime/losses/loss.js";
import type {Answers} from "./features.js";

/** What the network reads, and what it should say. */
export interface Lessons extends Answers {
  /** Of each example, the network's input, preprocessed. */
  readonly inputs: readonly Float32Array[];
}

/** How a network does on lessons, while it learns nothing. */
export interface Measured {
  /** Mean data loss. */
  readonly loss: number;
  /** Share that it gets right, 0 to 1; not there when numbers are predicted. */
  readonly accuracy?: number;
}

/** @param learner between two batches, with dropout at rest; only its activations and deltas change */
export function measure({network, target}: Learner, loss: Loss, lessons: Lessons): Measured {
  const {inputs, wanted, classes} = lessons;
  const {arena, steps, input, inputAt} = network;
  const {outputAt, outputDeltaAt, outputSize} = steps[steps.length - 1];
  let sum = 0;
  let correct = 0;
  for (let k = 0; k < inputs.length; k++) {
    input.set(inputs[k]);
    if (network.classify() === classes?.[k]) correct++;
    target.set(wanted[k]);
    sum += loss.measure(arena, outputAt, outputDeltaAt, outputSize, inputAt);
  }
  return {loss: sum / inputs.length, ...(classes && {accuracy: correct / inputs.length})};
}

/** @returns what L1 and L2 of all layers add to the loss, with the parameters as they stand */
export function measurePenalty({network: {steps}}: Learner): number {
  return steps.reduce((sum, step) => {
    const {operator, inputSize, outputSize} = step;
    return addPenalty(step, 0, operator.parameterCount(inputSize, outputSize), sum);
  }, 0);
}
