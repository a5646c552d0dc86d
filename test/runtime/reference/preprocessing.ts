/** The transforms of one feature in float64, each from its definition, fitted to `values`. */
export type Fitted = (x: number) => number;

export function minMax(values: readonly number[], low: number, high: number): Fitted {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return (x) => low + ((high - low) * (x - least)) / (range === 0 ? 1 : range);
}

export function standardize(values: readonly number[]): Fitted {
  const {mean, variance} = momentsOf(values);
  return (x) => (x - mean) / (variance === 0 ? 1 : Math.sqrt(variance));
}

export function robust(values: readonly number[]): Fitted {
  const range = quantile(values, 0.75) - quantile(values, 0.25);
  return (x) => (x - quantile(values, 0.5)) / (range === 0 ? 1 : range);
}

export const log: Fitted = (x) => Math.sign(x) * Math.log1p(Math.abs(x));

export function clip(low: number, high: number): Fitted {
  return (x) => Math.min(high, Math.max(low, x));
}

/** Yeo and Johnson's four cases as they print them. */
export function power(x: number, lambda: number): number {
  if (x >= 0) return lambda === 0 ? Math.log(x + 1) : ((x + 1) ** lambda - 1) / lambda;
  return lambda === 2 ? -Math.log(1 - x) : -((1 - x) ** (2 - lambda) - 1) / (2 - lambda);
}

/**
 * Logarithm of the likelihood that the transformed values are drawn from the normal distribution that fits them best:
 * the sum of the logarithms of its density and of the transform's derivative.
 */
export function logLikelihood(values: readonly number[], lambda: number): number {
  const changed = values.map((x) => power(x, lambda));
  const {mean, variance} = momentsOf(changed);
  return values.reduce((sum, x, k) => {
    const density =
      Math.exp(-((changed[k] - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    const derivative = x >= 0 ? (x + 1) ** (lambda - 1) : (1 - x) ** (1 - lambda);
    return sum + Math.log(density * derivative);
  }, 0);
}

/** @returns the likeliest of all lambdas from `least` to `most` that are multiples of `step` away from `least` */
export function likeliest(values: readonly number[], least: number, most: number, step: number): number {
  const count = Math.round((most - least) / step) + 1;
  const lambdas = Array.from({length: count}, (_, k) => least + k * step);
  const likelihoods = lambdas.map((lambda) => logLikelihood(values, lambda));
  return lambdas[likelihoods.indexOf(Math.max(...likelihoods))];
}

/** Where the line through (k / (n - 1), k-th value) passes p. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 1) return sorted[0];
  const width = 1 / (sorted.length - 1);
  const k = Math.min(sorted.length - 2, Math.floor(p / width));
  const share = p / width - k;
  return (1 - share) * sorted[k] + share * sorted[k + 1];
}

function momentsOf(values: readonly number[]): {mean: number; variance: number} {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return {mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length};
}
