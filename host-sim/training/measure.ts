import type {Learner} from "../../runtime/learner.js";
import type {Loss} from "../../runtime/losses/loss.js";

/** What the network reads, and what it should say. */
export interface Lessons {
  /** Of each example, the network's input, preprocessed. */
  readonly inputs: readonly Float32Array[];
  /** Of each example, the outputs wanted. */
  readonly wanted: readonly Float32Array[];
  /** Whether the outputs wanted are 1 for a label and 0 for the others, not numbers to predict. */
  readonly areLabels: boolean;
}

/** How a network does on lessons, while it learns nothing. */
export interface Measured {
  /** Mean data loss. */
  readonly loss: number;
  /** Share that it gets right, 0 to 1; not there when numbers are predicted. */
  readonly accuracy?: number;
}

/** @param learner between two batches; only its activations and deltas change */
export function measure({network, target}: Learner, loss: Loss, lessons: Lessons): Measured {
  const {inputs, wanted, areLabels} = lessons;
  const {arena, steps, input} = network;
  const {outputAt, outputDeltaAt, outputSize} = steps[steps.length - 1];
  let sum = 0;
  let correct = 0;
  for (let k = 0; k < inputs.length; k++) {
    input.set(inputs[k]);
    // Nothing is wanted of -1, which says that the network gave no number.
    if (wanted[k][network.classify()] === 1) correct++;
    target.set(wanted[k]);
    sum += loss.measure(arena, outputAt, outputDeltaAt, outputSize);
  }
  return {loss: sum / inputs.length, ...(areLabels && {accuracy: correct / inputs.length})};
}
