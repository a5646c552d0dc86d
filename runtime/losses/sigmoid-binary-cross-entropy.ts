import {LossCode} from "../image/format.js";
import {binaryLoss} from "./binary-cross-entropy.js";
import {clip} from "./cross-entropy.js";
import type {Loss} from "./loss.js";

/**
 * Sigmoid and binary cross-entropy together: the loss is that of binary cross-entropy, its derivative by the sigmoid's
 * inputs is (output[j] - target[j]) / size (C. M. Bishop, "Pattern Recognition and Machine Learning", 2006, 4.3.2), which
 * stays right where the sigmoid has gone flat. The network still runs its sigmoid forward; backward skips it.
 */
export const sigmoidBinaryCrossEntropy: Loss = Object.freeze({
  code: LossCode.sigmoidBinaryCrossEntropy,
  name: "sigmoidBinaryCrossEntropy",
  fusedOperator: "sigmoid",
  measure,
});

function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const target = arena[deltaAt + j];
    const y = arena[outputAt + j];
    sum += binaryLoss(clip(y), target);
    arena[deltaAt + j] = (y - target) / size;
  }
  return sum / size;
}
