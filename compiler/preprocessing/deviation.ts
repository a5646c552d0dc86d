/** @returns the values' mean and their standard deviation, that of the population (divided by n) */
export function deviationOf(values: ArrayLike<number>): {mean: number; deviation: number} {
  const count = values.length;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += values[k];
  const mean = sum / count;
  let squares = 0;
  for (let k = 0; k < count; k++) squares += (values[k] - mean) ** 2;
  return {mean, deviation: Math.sqrt(squares / count)};
}
