import {round} from "../round.js";
import {exp} from "./exp.js";

/**
 * What runtime/native/numbers/single/tanh.c does, operation by operation.
 *
 * @param x a float32 number; NaN gives NaN, -0 gives -0
 * @returns tanh x, at most 2 units in the last place off (measured)
 */
export function tanh(x: number): number {
  if (x > 0.75) return round(1 - round(2 / round(exp(2 * x) + 1)));
  if (x < -0.75) return round(round(2 / round(exp(-2 * x) + 1)) - 1);
  const s = round(x * x);
  const missing = round(s * round(315 + round(s * 14)));
  const denominator = round(945 + round(s * round(420 + round(s * 15))));
  return round(x * round(1 - round(missing / denominator)));
}
