import {PreprocessingCode} from "../image/format.js";
import {expm1} from "../numbers/expm1.js";
import {log1p} from "../numbers/log1p.js";
import type {Transform} from "./stage.js";

/**
 * feature[i] = yeoJohnson(feature[i], lambda[i]), which makes a skewed feature more like a normal one. Constants: all
 * lambdas; 1 leaves a feature as it is, to the bit.
 */
export const power: Transform = Object.freeze({
  code: PreprocessingCode.power,
  name: "power",
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
  for (let i = 0; i < size; i++) arena[at + i] = yeoJohnson(arena[at + i], constants[constantsAt + i]);
}

/**
 * I. Yeo and R. Johnson, "A new family of power transformations to improve normality or symmetry", Biometrika 87(4),
 * 2000: from 0 up ((x + 1)^lambda - 1) / lambda, which is ln(x + 1) for lambda 0; below 0 minus the same of
 * -x with 2 - lambda.
 *
 * @param x any number; NaN gives NaN
 * @returns a number with the sign of x
 */
export function yeoJohnson(x: number, lambda: number): number {
  return x < 0 ? -shiftedBoxCox(-x, 2 - lambda) : shiftedBoxCox(x, lambda);
}

/** ((x + 1)^lambda - 1) / lambda for x of 0 or more, with all digits for small x and for small lambda. */
function shiftedBoxCox(x: number, lambda: number): number {
  if (lambda === 1) return x;
  const logarithm = log1p(x);
  return lambda === 0 ? logarithm : expm1(lambda * logarithm) / lambda;
}
