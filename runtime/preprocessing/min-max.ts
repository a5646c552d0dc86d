import {PreprocessingCode} from "../image/format.js";
import type {Transform} from "./stage.js";

/**
 * feature[i] = (feature[i] - minimum[i]) * scale[i] + low[i]. Constants: all minima of the training recordings, then all
 * scales, (high - low) / (maximum - minimum), then all lows. 1 stands for the inverse of 0, so that a constant feature
 * becomes low. Rounding may put the maximum beside high by 2^-22 of the larger of |low| and |high|.
 */
export const minMax: Transform = Object.freeze({
  code: PreprocessingCode.minMax,
  name: "minMax",
  constantCount: (size: number) => 3 * size,
  apply,
});

function apply(
  arena: Float32Array,
  at: number,
  size: number,
  constants: Float32Array,
  constantsAt: number,
): void {
  const scalesAt = constantsAt + size;
  const lowsAt = scalesAt + size;
  for (let i = 0; i < size; i++) {
    arena[at + i] =
      (arena[at + i] - constants[constantsAt + i]) * constants[scalesAt + i] + constants[lowsAt + i];
  }
}
