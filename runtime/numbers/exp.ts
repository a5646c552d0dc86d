/**
 * exp from + - * / alone, because the last bit of Math.exp differs between engines.
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2, so exp x = 2^k exp r, and exp r by its Taylor series to r^13, whose
 * remainder r^14 / 14! is below 5e-18. ln 2 is split in two so that k * LN2_HIGH is exact (Cody and Waite, "Software
 * Manual for the Elementary Functions", 1980, chapter 6).
 *
 * @param x any number; NaN gives NaN
 * @returns exp x, relative error at most 2^-51 (measured), where the result is denormal one unit of 2^-1074;
 *   0 below -745.13, Infinity above 709.78
 */
export function exp(x: number): number {
  // As of each softmax's largest input.
  if (x === 0) return 1;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  // Rounded down: built-in functions are dear on XS.
  const nearest = x * LOG2E + 0.5;
  let k = nearest | 0;
  if (nearest < k) k--;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // 1 / 10! ... 1 / 2!, 1 / 12! ... 1 / 4!, 1 / 11! ... 1 / 3! and 1 / 13! ... 1 / 5!, four sums that a processor runs side by
  // side, and r and 1 last, so that little is rounded. One expression, as on XS a store into a variable takes as long as a product.
  const r2 = r * r;
  const r4 = r2 * r2;
  // biome-ignore format: a line for each sum
  const sum =
    1 + (r + r2 * (
      (2.755731922398589e-7 * r4 + 0.001388888888888889) * r4 + 0.5
      + ((2.08767569878681e-9 * r4 + 2.48015873015873e-5) * r4 + 0.041666666666666664) * r2
      + r * ((2.505210838544172e-8 * r4 + 0.0001984126984126984) * r4 + 0.16666666666666666
      + ((1.6059043836821613e-10 * r4 + 2.7557319223985893e-6) * r4 + 0.008333333333333333) * r2)));
  // Mostly 2^k is an int32, or 2^-31 times one: exact like all that follows, and quicker.
  if (k < 0) {
    if (k > -31) return sum * 4.656612873077393e-10 * (1 << (31 + k));
  } else if (k < 31) return sum * (1 << k);
  return scaled(sum, k);
}

const LOG2E = Math.LOG2E;
const LN2_HIGH = 0.6931471803691238; // the upper 32 bits of ln 2
const LN2_LOW = 1.9082149292705877e-10; // the rest

/** @returns sum * 2^k: a function of its own, as V8 puts a short `exp` in the place of its calls, and no long one */
function scaled(sum: number, k: number): number {
  // 2^k by repeated squaring: every factor is a power of two, so each product is exact. 2^1024 is out of
  // range and a denormal result must round once, so a k beyond the normal range is applied in two parts.
  if (k > 1023) return sum * 2 * powerOfTwo(k - 1);
  if (k < -1021) return sum * powerOfTwo(k + 100) * 7.888609052210118e-31; // 2^-100
  return sum * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  let power = 1;
  let base = k < 0 ? 0.5 : 2;
  for (let n = k < 0 ? -k : k; n > 0; n >>= 1) {
    if (n & 1) power *= base;
    base *= base;
  }
  return power;
}
