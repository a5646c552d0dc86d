import {LossCode} from "../image/format.js";
import {log} from "../numbers/log.js";
import {clip} from "./cross-entropy.js";
import type {Loss} from "./loss.js";

/**
 * Binary cross-entropy, each output a probability of its own: mean over the outputs of
 * -(target[j] ln output[j] + (1 - target[j]) ln (1 - output[j])). Both logarithms are of clipped probabilities.
 */
export const binaryCrossEntropy: Loss = Object.freeze({
  code: LossCode.binaryCrossEntropy,
  name: "binaryCrossEntropy",
  fusedOperator: undefined,
  measure,
});

function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const target = arena[deltaAt + j];
    const p = clip(arena[outputAt + j]);
    sum += binaryLoss(p, target);
    arena[deltaAt + j] = (p - target) / (p * (1 - p)) / size;
  }
  return sum / size;
}

/** @param p a clipped probability */
export function binaryLoss(p: number, target: number): number {
  return -(target * log(p) + (1 - target) * log(1 - p));
}
