/**
 * A share as all that people read has it, in percent with one digit behind the point: rounded to the nearest, but below
 * 100.0 where it isn't all, so that 100.0 means that nothing is missing.
 *
 * @param share from 0; 1 is all
 */
export function percentDigits(share: number): string {
  const tenths = Math.round(1000 * share);
  return ((share < 1 ? Math.min(tenths, 999) : tenths) / 10).toFixed(1);
}

/** @returns the same with its unit: "96.7 %" */
export function percentText(share: number): string {
  return `${percentDigits(share)} %`;
}
