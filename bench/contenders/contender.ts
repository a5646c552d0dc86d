import type {Job} from "../job.js";
import type {Workload} from "../workload.js";

/**
 * One inference, of the next example, or one step of learning, of the next example or the next batch. What is measured is
 * the time of a call, from an example as an array of numbers to the output.
 * @returns a number that came out, for the caller to see that it is one
 */
export type Turn = () => number;

/** Whoever runs and trains networks. Its module is bundled for Node and for XS alike, so it imports nothing of either. */
export interface Contender {
  /** @returns undefined where it can't do this job, or where making its network takes minutes */
  makeTurn(workload: Workload, job: Job): Turn | undefined;
}
