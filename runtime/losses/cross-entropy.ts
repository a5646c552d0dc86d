import {LossCode} from "../image/format.js";
import {log} from "../numbers/log.js";
import type {Loss} from "./loss.js";

/**
 * The probability from which a cross-entropy takes the logarithm is kept within [CLIP, 1 - CLIP], so that 0 and 1
 * give finite losses and derivatives. 2^-24 is the distance from 1 to the float32 before it.
 */
export const CLIP = 5.9604644775390625e-8;

/** Categorical cross-entropy of outputs that are probabilities: -sum over j of target[j] ln output[j]. */
export const crossEntropy: Loss = Object.freeze({
  code: LossCode.crossEntropy,
  name: "crossEntropy",
  fusedOperator: undefined,
  measure,
});

function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  let loss = 0;
  for (let j = 0; j < size; j++) {
    const target = arena[deltaAt + j];
    const p = clip(arena[outputAt + j]);
    // A clipped probability is above 0; a NaN must show in the loss, wanted or not.
    if (target === 0 && p > 0) continue;
    loss -= target * log(p);
    arena[deltaAt + j] = -target / p;
  }
  return loss;
}

/** NaN stays NaN, so that a network gone wrong shows it. */
export function clip(probability: number): number {
  if (probability < CLIP) return CLIP;
  if (probability > LARGEST) return LARGEST;
  return probability;
}

const LARGEST = 1 - CLIP;
