import {PreprocessingCode} from "../image/format.js";
import type {Transform} from "./stage.js";

/**
 * feature[i] = (feature[i] - mean[i]) * inverseDeviation[i]. Constants: all means, then all inverse standard
 * deviations, of the training recordings; 1 stands for the inverse of 0, so that a constant feature becomes 0.
 */
export const standardize: Transform = Object.freeze({
  code: PreprocessingCode.standardize,
  name: "standardize",
  constantCount: (size: number) => 2 * size,
  apply,
});

function apply(
  arena: Float32Array,
  at: number,
  size: number,
  constants: Float32Array,
  constantsAt: number,
): void {
  for (let i = 0; i < size; i++) {
    arena[at + i] = (arena[at + i] - constants[constantsAt + i]) * constants[constantsAt + size + i];
  }
}
