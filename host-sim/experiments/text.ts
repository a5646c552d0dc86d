import {percentDigits, percentText} from "../metrics/percent.js";
import type {Measure} from "./problem.js";
import {type Spread, spreadOf} from "./spread.js";

export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** Mean and standard deviation of shares: 95.4 ± 2.1 %. */
export function percentSpread(shares: readonly number[]): string {
  const {mean, deviation} = spreadOf(shares);
  return `${percentDigits(mean)} ± ${percentText(deviation)}`;
}

/** @returns mean, standard deviation, worst and best as a page has them */
export function spreadCells({kind}: Measure, {mean, deviation, least, most}: Spread): string[] {
  const text = kind === "share" ? percentText : kind === "r2" ? fourDigits : shortest;
  const [worst, best] = kind === "error" ? [most, least] : [least, most];
  return [mean, deviation, worst, best].map(text);
}

function fourDigits(value: number): string {
  return value.toFixed(4);
}

function shortest(value: number): string {
  return value.toPrecision(2);
}
