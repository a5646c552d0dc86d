import {isScored, type Outcome, type Scored} from "./outcome.js";
import type {Trial} from "./trial.js";

/** A round of a search. */
export interface Rung {
  readonly trials: number;
  /** For how many epochs each is trained; as its description says when left out. */
  readonly epochs?: number;
}

/** How far a trial came, and what came of it there. */
export interface TrialResult extends Trial {
  /** Of training, in its last rung. */
  readonly epochs: number;
  /** Whether it came to the last rung, whose scores are compared. */
  readonly isFinalist: boolean;
  readonly outcome: Outcome;
}

/** @returns for how many epochs a trial is trained in a rung */
export function epochsOf({description}: Trial, {epochs}: Rung): number {
  return epochs ?? description.training.epochs;
}

/** Higher scores first; of equal ones the earlier trial. */
export function byScore(a: {outcome: Scored; trial: number}, b: {outcome: Scored; trial: number}): number {
  return b.outcome.mean - a.outcome.mean || a.trial - b.trial;
}

/** Narrows results to those with a score. */
export function hasScore<Result extends {outcome: Outcome}>(
  result: Result,
): result is Result & {outcome: Scored} {
  return isScored(result.outcome);
}

/**
 * Runs trials rung by rung; the best of each go on to the next. What comes of it depends on the outcomes alone, not on the
 * order in which they come.
 *
 * @param trials as many as the first rung has
 * @param run gives the outcome of a trial that is trained for so many epochs
 * @returns what came of each trial, in their order
 */
export async function runRungs(
  trials: readonly Trial[],
  rungs: readonly Rung[],
  run: (trial: Trial, epochs: number) => Promise<Outcome>,
): Promise<TrialResult[]> {
  const results = new Map<number, TrialResult>();
  let standing = trials;
  for (const [k, rung] of rungs.entries()) {
    const isFinalist = k === rungs.length - 1;
    const finished = await Promise.all(
      standing.map(async (trial) => {
        const epochs = epochsOf(trial, rung);
        return {...trial, epochs, isFinalist, outcome: await run(trial, epochs)};
      }),
    );
    for (const result of finished) results.set(result.trial, result);
    if (!isFinalist)
      standing = finished
        .filter(hasScore)
        .sort(byScore)
        .slice(0, rungs[k + 1].trials);
  }
  return trials.map(({trial}) => results.get(trial)!);
}
