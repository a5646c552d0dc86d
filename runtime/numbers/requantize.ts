/**
 * accumulator * multiplier * 2^(shift - 31), rounded as TensorFlow Lite does: first to a whole number with halves upwards
 * (its saturating rounding doubling high multiplication), then, for a negative shift, divided by 2^-shift with halves away
 * from zero (its rounding divide by power of two).
 *
 * A product of 62 bits is more than a double holds, so the multiplier goes in two parts of 15 and 16 bits; each of these
 * products is exact.
 *
 * @param accumulator within +-2^46 / 2^shift when shift is positive, else an int32
 * @param multiplier 0, or 2^30 to 2^31 - 1
 * @param shift -31 to 15
 * @returns a whole number
 */
export function requantize(accumulator: number, multiplier: number, shift: number): number {
  const a = shift > 0 ? accumulator * (1 << shift) : accumulator;
  const high = a * (multiplier >> 16);
  const low = a * (multiplier & 0xffff);
  // (high * 2^16 + low + 2^30) / 2^31, whole part; high = quotient * 2^15 + rest.
  const quotient = Math.floor(high / 32768);
  const rest = high - quotient * 32768;
  const rounded = quotient + Math.floor((rest * 65536 + low + 1073741824) / 2147483648);
  if (shift >= 0) return rounded;
  const divisor = shift > -31 ? 1 << -shift : 2147483648;
  return rounded < 0 ? -Math.floor(-rounded / divisor + 0.5) : Math.floor(rounded / divisor + 0.5);
}
