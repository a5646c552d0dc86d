import {PreprocessingCode} from "../image/format.js";
import {log1p} from "../numbers/log1p.js";
import type {Transform} from "./stage.js";

/**
 * feature[i] = sign(feature[i]) ln(1 + |feature[i]|): near 0 the feature itself, far out its logarithm, for both signs.
 * Small features keep all their digits. Constants: for each feature 0 to leave it as it is, or another number, 1.
 */
export const log: Transform = Object.freeze({
  code: PreprocessingCode.log,
  name: "log",
  constantCount: (size: number) => size,
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
    if (constants[constantsAt + i] === 0) continue;
    const x = arena[at + i];
    arena[at + i] = x < 0 ? -log1p(-x) : log1p(x);
  }
}
