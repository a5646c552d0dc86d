import {LossCode} from "../image/format.js";
import type {Loss} from "./loss.js";

/**
 * How far a network is from giving back its own input, as an autoencoder does: mean over the outputs of
 * (output[j] - input[j])^2, of the input after preprocessing; its derivative is 2 (output[j] - input[j]) / size.
 */
export const reconstruction: Loss = Object.freeze({
  code: LossCode.reconstruction,
  name: "reconstruction",
  fusedOperator: undefined,
  comparesInput: true,
  measure,
  score,
});

function measure(
  arena: Float32Array,
  outputAt: number,
  deltaAt: number,
  size: number,
  inputAt: number,
): number {
  for (let j = 0; j < size; j++) arena[deltaAt + j] = (2 * (arena[outputAt + j] - arena[inputAt + j])) / size;
  return score(arena, outputAt, size, inputAt);
}

function score(arena: Float32Array, outputAt: number, size: number, inputAt: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const error = arena[outputAt + j] - arena[inputAt + j];
    sum += error * error;
  }
  return sum / size;
}
