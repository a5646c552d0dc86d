/** How float32 numbers stand for int8 numbers: x = (q - zeroPoint) * scale. */
export interface Scale {
  /** A float32 number above 0. */
  readonly scale: number;
  /** -128 to 127 */
  readonly zeroPoint: number;
}

/** The least and the largest value that a tensor takes. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Spreads a range over all 256 numbers. The range is widened to hold 0, which then has a number of its own exactly, as
 * ReLU and padding need.
 */
export function scaleOf(range: Range): Scale {
  const low = Math.min(range.low, 0);
  const high = Math.max(range.high, 0);
  // A tensor that is always 0 has any scale.
  const scale = Math.fround((high - low) / 255) || 1;
  const zeroPoint = Math.min(127, Math.max(-128, Math.round(-128 - low / scale)));
  return {scale, zeroPoint};
}

/** @returns the int8 number that stands for x; halves away from zero, as the runtime's quantize */
export function quantizeNumber(x: number, {scale, zeroPoint}: Scale): number {
  const q = x / scale;
  return Math.min(127, Math.max(-128, (q < 0 ? Math.ceil(q - 0.5) : Math.floor(q + 0.5)) + zeroPoint));
}

/** A positive factor as the runtime's requantize takes it: multiplier * 2^(shift - 31). */
export interface FixedPoint {
  /** 2^30 to 2^31 - 1, or 0 */
  readonly multiplier: number;
  readonly shift: number;
}

/** The largest factor that requantize takes: a whole number other than 0, times this, is beyond int8 already. */
const LARGEST = 2 ** 15 * (1 - 2 ** -31);

/** @param wanted above 0; one below 2^-32 counts as 0, and one of 2^15 or more as the largest below */
export function fixedPointOf(wanted: number): FixedPoint {
  const factor = Math.min(wanted, LARGEST);
  let shift = Math.floor(Math.log2(factor)) + 1;
  // The logarithm may be off by one beside powers of two.
  while (factor / 2 ** shift >= 1) shift++;
  while (factor / 2 ** shift < 0.5) shift--;
  if (shift < -31) return {multiplier: 0, shift: 0};
  const multiplier = Math.round((factor / 2 ** shift) * 2 ** 31);
  return multiplier === 2 ** 31 ? {multiplier: 2 ** 30, shift: shift + 1} : {multiplier, shift};
}
