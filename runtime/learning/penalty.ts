import type {Step} from "../ops/operator.js";

/**
 * The penalty on large parameters that is added to the loss: l1 * sum |p| + l2 * sum p^2, separately for a layer's weights
 * and its biases (I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, 7.1; l2 here without their 1/2). A
 * unit is one parameter, so that a long layer can be gone through in slices.
 *
 * @param sum of the parameters before, so that slices of any length round as one
 * @returns the penalty with that of the step's parameters `from` to `to`
 */
export function addPenalty(step: Step, from: number, to: number, sum: number): number {
  const {arena, parametersAt, regularization} = step;
  if (regularization === undefined) return sum;
  const weights = weightsOf(step);
  let all = sum;
  for (let k = from; k < to; k++) {
    const p = arena[parametersAt + k];
    const isWeight = k < weights;
    const l1 = isWeight ? regularization.l1 : regularization.biasL1;
    const l2 = isWeight ? regularization.l2 : regularization.biasL2;
    all += l1 * (p < 0 ? -p : p) + l2 * p * p;
  }
  return all;
}

/** Adds the penalty's derivative of parameters `from` to `to`, `examples` times, to the gradients of a batch. */
export function addPenaltyGradient(step: Step, examples: number, from: number, to: number): void {
  const {arena, parametersAt, gradientsAt, regularization} = step;
  if (regularization === undefined) return;
  const weights = weightsOf(step);
  for (let k = from; k < to; k++) {
    const isWeight = k < weights;
    const l1 = isWeight ? regularization.l1 : regularization.biasL1;
    const l2 = isWeight ? regularization.l2 : regularization.biasL2;
    arena[gradientsAt + k] += examples * penaltySlope(arena[parametersAt + k], l1, l2);
  }
}

/** @returns the penalty's derivative by a parameter: l1 sign(p) + 2 l2 p, with sign(0) = 0 */
export function penaltySlope(p: number, l1: number, l2: number): number {
  const slope = 2 * l2 * p;
  if (p > 0) return slope + l1;
  return p < 0 ? slope - l1 : slope;
}

function weightsOf({operator, inputSize, outputSize}: Step): number {
  return operator.weightCount?.(inputSize, outputSize) ?? 0;
}
