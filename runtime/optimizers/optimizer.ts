import {InputError} from "../input-error.js";

/**
 * How parameters follow their gradients. What it needs in memory is known beforehand, so that the compiler can lay it
 * out: `gradients` and `states` count float32 numbers a parameter, beside the parameter itself.
 */
export interface Optimizer {
  readonly name: string;
  /** 1: gradients are summed over a batch and then applied; 0: every example updates in place. */
  readonly gradients: 0 | 1;
  readonly states: number;
  /** May be set at any time; greater than 0. */
  learningRate: number;
  /** Forgets what it keeps outside the arena. Absent where that is nothing. */
  reset?(): void;
  /**
   * Applies the gradients of one batch. Absent when `gradients` is 0: then the layers update by themselves.
   *
   * @param arena holds all that follows
   * @param parametersAt first of `count` parameters
   * @param gradientsAt first of `count` gradients, summed over the batch
   * @param statesAt first of `states` x `count` numbers, 0 at the very start
   * @param count how many parameters learn
   * @param examples how many examples the gradients were summed over
   */
  update?(
    arena: Float32Array,
    parametersAt: number,
    gradientsAt: number,
    statesAt: number,
    count: number,
    examples: number,
  ): void;
}

/** @throws InputError when a hyperparameter is not within (low, high), or [low, high) where the low end counts too */
export function checkOption(name: string, value: number, low: number, high: number, withLow = false): void {
  if (!((value > low || (withLow && value === low)) && value < high)) {
    const expected = `a number ${withLow ? "at or above" : "above"} ${low} and below ${high}`;
    throw new InputError(name, expected, `${value}`, "Change the option.");
  }
}
