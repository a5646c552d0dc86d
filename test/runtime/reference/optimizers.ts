/**
 * Optimizers in float64, written from their papers; each changes `parameters` by the mean gradient of a batch, at its own
 * rate times `factor`.
 */
export type ReferenceOptimizer = (parameters: number[], gradient: readonly number[], factor: number) => void;

export function gradientDescent(rate: number): ReferenceOptimizer {
  return (parameters, gradient, factor) => {
    for (let k = 0; k < parameters.length; k++) parameters[k] -= factor * rate * gradient[k];
  };
}

/** Kingma and Ba, 2015, algorithm 1, with their letters. */
export function adam(alpha: number, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7): ReferenceOptimizer {
  const m: number[] = [];
  const v: number[] = [];
  let t = 0;
  return (parameters, gradient, factor) => {
    t++;
    for (let k = 0; k < parameters.length; k++) {
      m[k] = beta1 * (m[k] ?? 0) + (1 - beta1) * gradient[k];
      v[k] = beta2 * (v[k] ?? 0) + (1 - beta2) * gradient[k] ** 2;
      const mHat = m[k] / (1 - beta1 ** t);
      const vHat = v[k] / (1 - beta2 ** t);
      parameters[k] -= (factor * alpha * mHat) / (Math.sqrt(vHat) + epsilon);
    }
  };
}

/** Polyak, 1964: the heavy ball. */
export function momentum(eta: number, gamma = 0.9): ReferenceOptimizer {
  const v: number[] = [];
  return (parameters, gradient, factor) => {
    for (let k = 0; k < parameters.length; k++) {
      v[k] = gamma * (v[k] ?? 0) + factor * eta * gradient[k];
      parameters[k] -= v[k];
    }
  };
}

/** Duchi, Hazan and Singer, 2011, with diagonal matrices: every squared gradient counts for ever. */
export function adagrad(eta: number, epsilon = 1e-7): ReferenceOptimizer {
  const past: number[][] = [];
  return (parameters, gradient, factor) => {
    past.push([...gradient]);
    for (let k = 0; k < parameters.length; k++) {
      const v = past.reduce((sum, g) => sum + g[k] ** 2, 0);
      parameters[k] -= (factor * eta * gradient[k]) / (Math.sqrt(v) + epsilon);
    }
  };
}

/** Tieleman and Hinton, 2012, with the mean written as the sum that it unrolls to. */
export function rmsprop(eta: number, rho = 0.9, epsilon = 1e-7): ReferenceOptimizer {
  const past: number[][] = [];
  return (parameters, gradient, factor) => {
    past.unshift([...gradient]);
    for (let k = 0; k < parameters.length; k++) {
      const v = past.reduce((sum, g, age) => sum + (1 - rho) * rho ** age * g[k] ** 2, 0);
      parameters[k] -= (factor * eta * gradient[k]) / (Math.sqrt(v) + epsilon);
    }
  };
}
