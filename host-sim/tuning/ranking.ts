import type {Scored} from "./outcome.js";
import {byScore, hasScore, type TrialResult} from "./rungs.js";
import {bySize, type Sizes} from "./sizes.js";

/** A trial with a score, and what it takes. */
export interface RankedTrial extends TrialResult {
  readonly outcome: Scored;
  readonly sizes: Sizes;
}

/** Trials in their order of merit. */
export interface Ranking {
  /** Finalists by their score, the smaller of equal ones first; then those that were dropped, the latest first. */
  readonly ranked: readonly RankedTrial[];
  /** Trials that came to nothing, in their order. */
  readonly failed: readonly TrialResult[];
  readonly best: RankedTrial;
  /**
   * The smallest finalist whose score is no more than one standard error below the best: L. Breiman, J. Friedman,
   * R. Olshen and C. Stone, "Classification and Regression Trees" (1984), section 3.4.3.
   */
  readonly smallest: RankedTrial;
}

/**
 * @param results of a whole search
 * @param measure gives what a trial takes on a device
 * @returns undefined when no finalist has a score
 */
export function rank(
  results: readonly TrialResult[],
  measure: (trial: TrialResult) => Sizes,
): Ranking | undefined {
  const ranked = results
    .filter(hasScore)
    .map((result) => ({...result, sizes: measure(result)}))
    .sort(byMerit);
  const finalists = ranked.filter(({isFinalist}) => isFinalist);
  if (finalists.length === 0) return undefined;
  const [best] = finalists;
  const {mean, standardError} = best.outcome;
  // The order of merit decides between equally small ones.
  const [smallest] = finalists.filter(({outcome}) => outcome.mean >= mean - standardError).sort(bySize);
  return {ranked, failed: results.filter((result) => !hasScore(result)), best, smallest};
}

function byMerit(a: RankedTrial, b: RankedTrial): number {
  const dropped = Number(b.isFinalist) - Number(a.isFinalist);
  if (dropped !== 0) return dropped;
  const laterRung = a.isFinalist ? 0 : b.epochs - a.epochs;
  return laterRung || b.outcome.mean - a.outcome.mean || bySize(a, b) || byScore(a, b);
}
