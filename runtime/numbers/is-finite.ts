/** @returns whether a number is finite: what Number.isFinite says, which is dear on XS */
export function isFiniteNumber(value: number): boolean {
  return value <= LARGEST && value >= -LARGEST;
}

/** The largest finite float64. */
export const LARGEST = 1.7976931348623157e308;
