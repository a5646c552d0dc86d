/**
 * Keeps a batch's gradients small. Both ways work on gradients that are summed over the batch, so limits for the mean
 * come in times the number of examples.
 */

/** Brings gradients `from` to `to` into [-limit, limit]; NaN stays NaN. */
export function clipByValue(arena: Float32Array, from: number, to: number, limit: number): void {
  for (let k = from; k < to; k++) {
    if (arena[k] > limit) arena[k] = limit;
    else if (arena[k] < -limit) arena[k] = -limit;
  }
}

/** Multiplies gradients `from` to `to` by `factor`: limit / norm brings their norm down to the limit (R. Pascanu,
 * T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", 2013, algorithm 1). */
export function scale(arena: Float32Array, from: number, to: number, factor: number): void {
  for (let k = from; k < to; k++) arena[k] *= factor;
}
