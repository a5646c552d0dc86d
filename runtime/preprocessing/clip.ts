import {PreprocessingCode} from "../image/format.js";
import type {Transform} from "./stage.js";

/** feature[i] is kept within low[i] to high[i]; NaN stays NaN. Constants: all lows, then all highs. */
export const clip: Transform = Object.freeze({
  code: PreprocessingCode.clip,
  name: "clip",
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
    const x = arena[at + i];
    const low = constants[constantsAt + i];
    const high = constants[constantsAt + size + i];
    if (x < low) arena[at + i] = low;
    else if (x > high) arena[at + i] = high;
  }
}
