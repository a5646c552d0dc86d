/**
 * Natural logarithm from + - * / alone, because the last bit of Math.log differs between engines.
 *
 * x = 2^k m with m in [sqrt 1/2, sqrt 2), s = (m - 1) / (m + 1), and
 * ln m = 2 (s + s^3/3 + s^5/5 + ...) (Abramowitz and Stegun 4.1.27); with |s| <= 0.1716 the term in s^23 is
 * below 2e-19.
 *
 * @param x any number
 * @returns ln x, absolute error at most 2^-52 plus relative error at most 2^-51 (measured); -Infinity at 0,
 *   NaN below 0 and for NaN
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let m = x;
  let k = 0;
  // Steps by 2^32 first, then by 16 and by 2: at most 64 rounds, few for a probability.
  if (m < SQRT_HALF) {
    while (m < 2.3283064365386963e-10) {
      m *= 4294967296;
      k -= 32;
    }
    while (m < 0.04) {
      m *= 16;
      k -= 4;
    }
    while (m < SQRT_HALF) {
      m *= 2;
      k -= 1;
    }
  } else {
    while (m >= 4294967296) {
      m *= 2.3283064365386963e-10;
      k += 32;
    }
    while (m >= SQRT_TWO) {
      m *= 0.5;
      k += 1;
    }
  }
  const s = (m - 1) / (m + 1);
  const t = s * s;
  // 1 / 21 to 1 / 3, divided already; one expression, as on XS a store into a variable takes as long as a product.
  // biome-ignore format: a line for each bracket would hide the series
  const sum =
    ((((((((0.047619047619047616 * t + 0.05263157894736842) * t + 0.058823529411764705) * t
      + 0.06666666666666667) * t + 0.07692307692307693) * t + 0.09090909090909091) * t
      + 0.1111111111111111) * t + 0.14285714285714285) * t + 0.2) * t + 0.3333333333333333;
  return k * LN2_HIGH + (2 * s + (2 * s * t * sum + k * LN2_LOW));
}

const SQRT_HALF = Math.SQRT1_2;
const SQRT_TWO = Math.SQRT2;
const LN2_HIGH = 0.6931471803691238; // the upper 32 bits of ln 2, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10; // the rest
