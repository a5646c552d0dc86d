/**
 * Quantile by linear interpolation between the two values beside it: definition 7 of R. J. Hyndman and Y. Fan, "Sample
 * quantiles in statistical packages", The American Statistician 50(4), 1996.
 *
 * @param sorted values in ascending order, 1 or more
 * @param p 0 to 1: 0.5 is the median, 0.25 and 0.75 are the quartiles
 */
export function quantile(sorted: Float32Array, p: number): number {
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
