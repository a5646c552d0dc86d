import {round} from "../round.js";
import {LN2_HIGH, LN2_LOW} from "./exp.js";

/**
 * What runtime/native/numbers/single/log.c does, operation by operation.
 *
 * @param x a float32 number
 * @returns ln x, absolute error at most 2^-24 plus 1 unit in the last place (measured); -Infinity at 0, NaN below and for NaN
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let m = x;
  let k = 0;
  for (; m < 1; k--) m *= 2;
  for (; m >= 2; k++) m *= 0.5;
  if (m >= ROOT_OF_2) {
    m *= 0.5;
    k++;
  }
  const s = round(round(m - 1) / round(m + 1));
  const t = round(s * s);
  let sum = SERIES[0];
  for (let n = 1; n < SERIES.length; n++) sum = round(round(sum * t) + SERIES[n]);
  const rest = round(round(round(2 * s * t) * sum) + round(k * LN2_LOW));
  return round(round(k * LN2_HIGH) + round(2 * s + rest));
}

const ROOT_OF_2 = round(Math.SQRT2);
const SERIES: readonly number[] = [9, 7, 5, 3].map((n) => round(1 / n));
