/**
 * TensorFlow Lite's integer arithmetic in plain 64-bit integers, written from its specification of fully connected layers
 * and of fixed-point multiplication (double rounding), not from the runtime.
 */

const INT32_MIN = -(2n ** 31n);
const INT32_MAX = 2n ** 31n - 1n;

/** High 32 bits of twice the product, rounded to nearest, halves away from zero after the nudge, saturating. */
export function saturatingRoundingDoublingHighMultiply(a: bigint, b: bigint): bigint {
  if (a === INT32_MIN && b === INT32_MIN) return INT32_MAX;
  const product = a * b;
  const nudge = product >= 0n ? 2n ** 30n : 1n - 2n ** 30n;
  // BigInt division truncates towards zero, as C's does.
  return (product + nudge) / 2n ** 31n;
}

/** x / 2^exponent, rounded to nearest, halves away from zero. */
export function roundingDivideByPowerOfTwo(x: bigint, exponent: bigint): bigint {
  const mask = 2n ** exponent - 1n;
  const remainder = x & mask;
  const threshold = (mask >> 1n) + (x < 0n ? 1n : 0n);
  return (x >> exponent) + (remainder > threshold ? 1n : 0n);
}

export function multiplyByQuantizedMultiplier(x: number, multiplier: number, shift: number): number {
  const left = shift > 0 ? BigInt(shift) : 0n;
  const right = shift > 0 ? 0n : BigInt(-shift);
  const high = saturatingRoundingDoublingHighMultiply(BigInt(x) * 2n ** left, BigInt(multiplier));
  return Number(roundingDivideByPowerOfTwo(high, right));
}

/** A fully connected layer as a TensorFlow Lite file holds it. */
export interface TfliteLayer {
  readonly inputZero: number;
  readonly outputZero: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Of each output, its weights. */
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
  readonly multipliers: readonly number[];
  readonly shifts: readonly number[];
}

export function fullyConnected(layer: TfliteLayer, input: ArrayLike<number>): number[] {
  return layer.weights.map((row, j) => {
    let accumulator = layer.biases[j];
    row.forEach((weight, i) => {
      accumulator += weight * (input[i] - layer.inputZero);
    });
    const scaled = multiplyByQuantizedMultiplier(accumulator, layer.multipliers[j], layer.shifts[j]);
    return Math.min(layer.maximum, Math.max(layer.minimum, scaled + layer.outputZero));
  });
}
