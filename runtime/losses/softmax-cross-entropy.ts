import {LossCode} from "../image/format.js";
import {log} from "../numbers/log.js";
import {clip} from "./cross-entropy.js";
import type {Loss} from "./loss.js";

/**
 * Softmax and categorical cross-entropy together: the loss is that of cross-entropy, its derivative by the softmax's
 * inputs is output[j] - target[j] when the targets sum to 1 (C. M. Bishop, "Pattern Recognition and Machine
 * Learning", 2006, 4.3.4). The network still runs its softmax forward; backward skips it.
 */
export const softmaxCrossEntropy: Loss = Object.freeze({
  code: LossCode.softmaxCrossEntropy,
  name: "softmaxCrossEntropy",
  fusedOperator: "softmax",
  measure,
  byLabel: Object.freeze({of: measure, measure: measureLabel}),
});

function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  let loss = 0;
  const end = deltaAt + size;
  const distance = outputAt - deltaAt;
  for (let k = deltaAt; k < end; k++) {
    const target = arena[k];
    const y = arena[k + distance];
    // A NaN must show in the loss, wanted or not.
    if (target !== 0 || !(y >= 0)) loss -= target * log(clip(y));
    arena[k] = y - target;
  }
  return loss;
}

/** A NaN in one output of a softmax is in all of them, so that the label's own shows it. */
function measureLabel(
  arena: Float32Array,
  outputAt: number,
  deltaAt: number,
  size: number,
  label: number,
): number {
  const end = deltaAt + size;
  const distance = outputAt - deltaAt;
  for (let k = deltaAt; k < end; k++) arena[k] = arena[k + distance];
  const y = arena[outputAt + label];
  arena[deltaAt + label] = y - 1;
  return -log(clip(y));
}
