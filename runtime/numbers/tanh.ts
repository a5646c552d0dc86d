import {exp} from "./exp.js";

/**
 * Hyperbolic tangent from + - * / alone, because the last bit of Math.tanh differs between engines.
 *
 * Up to |x| = 0.75 Lambert's continued fraction x / (1 + x^2 / (3 + x^2 / (5 + ...))) (dlmf.nist.gov, 4.39.1),
 * cut after 17 and written as x (1 - quotient): the quotient's terms are all of one sign and it stays below 0.16, so
 * nothing cancels however small x is; what is cut off is below 2^-62 of the result. Beyond, 1 - 2 / (exp 2|x| + 1),
 * whose quotient is below 0.37.
 *
 * @param x any number; NaN gives NaN, -0 gives -0
 * @returns tanh x, relative error at most 2^-52 (measured); 1 or -1 from |x| = 19.0616 on
 */
export function tanh(x: number): number {
  if (x > 0.75) return 1 - 2 / (exp(2 * x) + 1);
  if (x < -0.75) return 2 / (exp(-2 * x) + 1) - 1;
  const s = x * x;
  const missing = s * (11486475 + s * (810810 + s * (12870 + s * 44)));
  const denominator = 34459425 + s * (16216200 + s * (945945 + s * (13860 + s * 45)));
  return x * (1 - missing / denominator);
}
