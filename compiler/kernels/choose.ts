/** Something that costs flash and saves time. */
export interface Candidate {
  readonly bytes: number;
  /** Bytecodes that it saves each time. */
  readonly saved: number;
}

/**
 * Takes those that save most a byte, one after the other, as long as the budget has room for them; one that doesn't fit is
 * left out, and smaller ones behind it may still come. What saves nothing is never taken.
 *
 * @param budget bytes
 * @returns the chosen, in the order in which they were given
 */
export function chooseUnder<T extends Candidate>(candidates: readonly T[], budget: number): T[] {
  let left = budget;
  const chosen = new Set<T>();
  const byWorth = [...candidates].sort((one, other) => other.saved / other.bytes - one.saved / one.bytes);
  for (const candidate of byWorth) {
    if (candidate.saved <= 0 || candidate.bytes > left) continue;
    chosen.add(candidate);
    left -= candidate.bytes;
  }
  return candidates.filter((candidate) => chosen.has(candidate));
}
