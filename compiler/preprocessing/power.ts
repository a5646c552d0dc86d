import {log as logOf} from "../../runtime/numbers/log.js";
import {log1p} from "../../runtime/numbers/log1p.js";
import {power as runtime, yeoJohnson} from "../../runtime/preprocessing/power.js";
import {deviationOf} from "./deviation.js";
import type {CompilerTransform} from "./transform.js";

/** Constant: lambda. */
export const power: CompilerTransform = {
  runtime,
  module: "ganglion/preprocessing/power",
  unchanging: [1],
  findConstants: (values) => [mostLikelyLambda(values)],
};

/** Lambdas looked at. They lie evenly about 1, as a feature with lambda is the negative one's mirror with 2 - lambda. */
const LEAST = -3;
const GREATEST = 5;
/** Leaves an interval of 8 * 0.618^40 = 3e-8. */
const STEPS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Lambda of the greatest likelihood, by golden-section search (J. Kiefer, Proceedings of the American Mathematical
 * Society 4(3), 1953). The likelihood has one maximum, as its logarithm is concave in lambda (T. Marchand and others,
 * "SecureFedYJ", NeurIPS 2022). A lambda whose features float32 can't hold counts as impossible; those that it can hold
 * lie together about 1, so between two impossible ones the search goes on towards 1.
 *
 * @returns -3 to 5; 1 when no lambda there is likelier than it, as for a constant feature
 */
function mostLikelyLambda(values: Float32Array): number {
  const slope = values.reduce((sum, x) => sum + (x < 0 ? -log1p(-x) : log1p(x)), 0) / values.length;
  let best = 1;
  let bestLikelihood = logLikelihood(values, 1, slope);
  if (bestLikelihood === -Infinity) return 1;
  function likelihoodAt(lambda: number): number {
    const likelihood = logLikelihood(values, lambda, slope);
    if (likelihood > bestLikelihood) {
      best = lambda;
      bestLikelihood = likelihood;
    }
    return likelihood;
  }
  let low = LEAST;
  let high = GREATEST;
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let atLeft = likelihoodAt(left);
  let atRight = likelihoodAt(right);
  for (let step = 0; step < STEPS; step++) {
    if (atLeft > atRight || (atLeft === -Infinity && atRight === -Infinity && left > 1)) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - GOLDEN * (high - low);
      atLeft = likelihoodAt(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + GOLDEN * (high - low);
      atRight = likelihoodAt(right);
    }
  }
  return best;
}

/**
 * Logarithm of the likelihood that the transformed values are normal, divided by n and without the part that doesn't
 * depend on lambda (Yeo and Johnson, 2000): (lambda - 1) slope - ln(variance) / 2.
 *
 * @param slope mean of sign(x) ln(1 + |x|)
 * @returns -Infinity where float32 can't hold the transformed values: beyond its range, or pressed together so that the
 *   rounding, 2^-24 of their size, exceeds a thousandth of their deviation
 */
function logLikelihood(values: Float32Array, lambda: number, slope: number): number {
  const changed = Float64Array.from(values, (x) => yeoJohnson(x, lambda));
  const size = changed.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  const {deviation} = deviationOf(changed);
  if (!Number.isFinite(Math.fround(size)) || !(deviation > 1000 * 2 ** -24 * size)) return -Infinity;
  return (lambda - 1) * slope - logOf(deviation);
}
