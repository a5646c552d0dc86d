import {round} from "../round.js";

/**
 * What runtime/native/numbers/single/exp.c does, operation by operation.
 *
 * @param x a float32 number; NaN gives NaN
 * @returns exp x, at most 1.2 units in the last place off (measured); 0 below -87.34, Infinity above 88.72
 */
export function exp(x: number): number {
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  let k = round(round(round(x * LOG2E) + WHOLE) - WHOLE);
  let r = round(x - round(k * LN2_HIGH));
  r = round(r - round(k * LN2_LOW));
  let sum = SERIES[0];
  for (let n = 1; n < SERIES.length; n++) sum = round(round(sum * r) + SERIES[n]);
  if (k > 127) {
    sum *= 2;
    k--;
  }
  return round(sum * powerOfTwo(k));
}

const LARGEST = round(88.7228394);
const SMALLEST = round(-87.3365479);
const LOG2E = round(Math.LOG2E);
/** 3 * 2^22, where float32 numbers are whole. */
const WHOLE = 12582912;
/** The upper nine bits of ln 2, so that k times it is exact; and the rest. */
export const LN2_HIGH = 0.693359375;
export const LN2_LOW = round(-0.000212194442);
/** 1 / n! from n = 7 to 0 */
const SERIES: readonly number[] = [5040, 720, 120, 24, 6, 2, 1, 1].map((factorial) => round(1 / factorial));

function powerOfTwo(k: number): number {
  let power = 1;
  for (let n = 0; n < Math.abs(k); n++) power *= k < 0 ? 0.5 : 2;
  return power;
}
