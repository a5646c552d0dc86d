/** Optimizers in float64, written from their papers; each changes `parameters` by the mean gradient of a batch. */
export type ReferenceOptimizer = (parameters: number[], gradient: readonly number[]) => void;

export function gradientDescent(rate: number): ReferenceOptimizer {
  return (parameters, gradient) => {
    for (let k = 0; k < parameters.length; k++) parameters[k] -= rate * gradient[k];
  };
}

/** Kingma and Ba, 2015, algorithm 1, with their letters. */
export function adam(alpha: number, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7): ReferenceOptimizer {
  const m: number[] = [];
  const v: number[] = [];
  let t = 0;
  return (parameters, gradient) => {
    t++;
    for (let k = 0; k < parameters.length; k++) {
      m[k] = beta1 * (m[k] ?? 0) + (1 - beta1) * gradient[k];
      v[k] = beta2 * (v[k] ?? 0) + (1 - beta2) * gradient[k] ** 2;
      const mHat = m[k] / (1 - beta1 ** t);
      const vHat = v[k] / (1 - beta2 ** t);
      parameters[k] -= (alpha * mHat) / (Math.sqrt(vHat) + epsilon);
    }
  };
}
