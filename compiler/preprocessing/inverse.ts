/**
 * @param spread how far a feature's values lie apart, by any measure, 0 or more
 * @param size how large the values are
 * @returns 1 / spread; 1 for a feature that counts as constant, because its spread is below a millionth of its size:
 *   what differs there is rounding. NaN for a spread that isn't finite
 */
export function inverseOf(spread: number, size: number): number {
  if (!Number.isFinite(spread)) return NaN;
  return spread > 1e-6 * Math.abs(size) && spread > 1e-30 ? 1 / spread : 1;
}
