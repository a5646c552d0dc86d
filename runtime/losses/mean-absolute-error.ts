import {LossCode} from "../image/format.js";
import type {Loss} from "./loss.js";

/**
 * Mean over the outputs of |output[j] - target[j]|; its derivative is the difference's sign / size, and 0 where both are
 * equal. One outlier pulls no harder than any other example.
 */
export const meanAbsoluteError: Loss = Object.freeze({
  code: LossCode.meanAbsoluteError,
  name: "meanAbsoluteError",
  fusedOperator: undefined,
  measure,
});

/** NaN stays NaN, in the derivative too, so that a network gone wrong shows it. */
function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  const share = 1 / size;
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const error = arena[outputAt + j] - arena[deltaAt + j];
    if (error > 0) {
      sum += error;
      arena[deltaAt + j] = share;
    } else if (error < 0) {
      sum -= error;
      arena[deltaAt + j] = -share;
    } else {
      // 0, or NaN
      sum += error;
      arena[deltaAt + j] = error;
    }
  }
  return sum / size;
}
