import type {Step} from "../ops/operator.js";
import {watchedNeurons} from "./neuron-watch.js";

/** What a learner keeps on request, behind all that the plan lays out. */
export interface Extras {
  /** The best parameters met so far: as many numbers as learn. */
  readonly keepBest?: boolean | undefined;
  /** Which neurons were active: one bit each. */
  readonly watchNeurons?: boolean | undefined;
}

/** @returns 32-bit numbers that the extras take: the best parameters first, then the neurons' bits */
export function extraSize(
  extras: Extras | undefined,
  learned: number,
  steps: readonly Pick<Step, "operator" | "outputSize">[],
  firstLearning: number,
): number {
  const best = extras?.keepBest ? learned : 0;
  const bits = extras?.watchNeurons ? watchedNeurons(steps, firstLearning) : 0;
  return best + ((bits + 31) >>> 5);
}
