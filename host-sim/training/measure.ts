import type {Learner} from "../../runtime/learner.js";
import type {Loss} from "../../runtime/losses/loss.js";

/** What the network reads, and what it should say. */
export interface Lessons {
  /** Of each example, the network's input, preprocessed. */
  readonly inputs: readonly Float32Array[];
  /** Of each example, the index of its label. */
  readonly classes: readonly number[];
}

/** How a network does on lessons, while it learns nothing. */
export interface Measured {
  /** Mean data loss. */
  readonly loss: number;
  /** Share that it gets right, 0 to 1. */
  readonly accuracy: number;
}

/** @param learner between two batches; only its activations and deltas change */
export function measure({network, target}: Learner, loss: Loss, {inputs, classes}: Lessons): Measured {
  const {arena, steps, input} = network;
  const {outputAt, outputDeltaAt, outputSize} = steps[steps.length - 1];
  let sum = 0;
  let correct = 0;
  for (let k = 0; k < inputs.length; k++) {
    input.set(inputs[k]);
    if (network.classify() === classes[k]) correct++;
    target.fill(0);
    target[classes[k]] = 1;
    sum += loss.measure(arena, outputAt, outputDeltaAt, outputSize);
  }
  return {loss: sum / inputs.length, accuracy: correct / inputs.length};
}
