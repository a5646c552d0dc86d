import {LossCode} from "../image/format.js";
import type {Loss} from "./loss.js";

/** Mean over the outputs of (output[j] - target[j])^2; its derivative is 2 (output[j] - target[j]) / size. */
export const meanSquaredError: Loss = Object.freeze({
  code: LossCode.meanSquaredError,
  name: "meanSquaredError",
  fusedOperator: undefined,
  measure,
});

function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const error = arena[outputAt + j] - arena[deltaAt + j];
    sum += error * error;
    arena[deltaAt + j] = (2 * error) / size;
  }
  return sum / size;
}
