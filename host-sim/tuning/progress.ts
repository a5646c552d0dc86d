import {isScored, type Outcome} from "./outcome.js";
import {epochsOf, type Rung} from "./rungs.js";
import type {SearchPlan} from "./search-plan.js";

/** How far a search is. Work is counted in epochs: a trial takes about as long as it has epochs. */
export interface TuneProgress {
  readonly work: number;
  readonly workInAll: number;
  /** What a search that was broken off had done before. */
  readonly workResumed: number;
  /** A trial counts once in each rung. */
  readonly runs: number;
  readonly runsInAll: number;
  /** The highest score so far. */
  readonly bestMean: number | undefined;
}

/** Counts finished trials. */
export class ProgressCount {
  readonly #workInAll: number;
  readonly #runsInAll: number;
  #work = 0;
  #workResumed = 0;
  #runs = 0;
  #bestMean: number | undefined;

  constructor({trials, rungs}: SearchPlan) {
    const workOf = (rung: Rung) =>
      trials.slice(0, rung.trials).reduce((sum, trial) => sum + epochsOf(trial, rung), 0);
    this.#workInAll = rungs.reduce((sum, rung) => sum + workOf(rung), 0);
    this.#runsInAll = rungs.reduce((sum, rung) => sum + rung.trials, 0);
  }

  /** @param resumed whether an earlier run of the search did it */
  add(epochs: number, outcome: Outcome, resumed: boolean): void {
    this.#runs++;
    this.#work += epochs;
    if (resumed) this.#workResumed += epochs;
    if (isScored(outcome)) this.#bestMean = Math.max(this.#bestMean ?? outcome.mean, outcome.mean);
  }

  now(): TuneProgress {
    return {
      work: this.#work,
      workInAll: this.#workInAll,
      workResumed: this.#workResumed,
      runs: this.#runs,
      runsInAll: this.#runsInAll,
      bestMean: this.#bestMean,
    };
  }
}

/**
 * @param milliseconds since the search began
 * @returns about how many milliseconds are left at the pace so far; undefined before the first trial
 */
export function timeLeft(
  {work, workInAll, workResumed}: Pick<TuneProgress, "work" | "workInAll" | "workResumed">,
  milliseconds: number,
): number | undefined {
  const done = work - workResumed;
  return done === 0 ? undefined : (milliseconds * (workInAll - work)) / done;
}
