/**
 * The sum of the squares of numbers `from` to `to` of an arena, in ascending order.
 * @param sum of those before, so that slices of any length round as one
 */
export function sumOfSquares(arena: Float32Array, from: number, to: number, sum: number): number {
  let all = sum;
  let k = from;
  // Eight a turn: on XS the loop costs more than the sum.
  for (; k + 7 < to; k += 8) {
    const a = arena[k];
    const b = arena[k + 1];
    const c = arena[k + 2];
    const d = arena[k + 3];
    const e = arena[k + 4];
    const f = arena[k + 5];
    const g = arena[k + 6];
    const h = arena[k + 7];
    all = all + a * a + b * b + c * c + d * d + e * e + f * f + g * g + h * h;
  }
  for (; k < to; k++) all += arena[k] * arena[k];
  return all;
}
