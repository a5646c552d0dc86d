import type {Rung} from "./rungs.js";

/** What is kept of a rung is one in so many, and gets so many times the epochs. */
const ETA = 3;

/**
 * Successive halving: K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization" (AISTATS 2016), with epochs as what is shared out. It keeps a third, as the authors' later Hyperband
 * does, until no more than three are left; these get all epochs. Each rung trains from the beginning.
 *
 * @param trials of the first rung, from 1
 * @param epochs of the last rung, from 1; with fewer than a rung can have, there are fewer rungs
 */
export function halvingRungs(trials: number, epochs: number): Required<Rung>[] {
  const counts = [trials];
  while (counts[counts.length - 1] > ETA && epochs >= ETA ** counts.length) {
    counts.push(Math.ceil(counts[counts.length - 1] / ETA));
  }
  return counts.map((count, k) => ({
    trials: count,
    epochs: Math.round(epochs / ETA ** (counts.length - 1 - k)),
  }));
}
