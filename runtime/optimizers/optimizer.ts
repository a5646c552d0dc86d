import type {Step} from "../ops/operator.js";

/** Where the numbers of all parameters that learn lie in the arena, each kind in the same order. */
export interface LearnedPlaces {
  readonly parametersAt: number;
  /** Gradients, summed over the batch. */
  readonly gradientsAt: number;
  /** `states` times `learned` numbers, 0 at the very start. */
  readonly statesAt: number;
  /** How many parameters learn. */
  readonly learned: number;
}

/**
 * How parameters follow their gradients. What it needs in memory is known beforehand, so that the compiler can lay it
 * out: `gradients` and `states` count float32 numbers a parameter, beside the parameter itself.
 */
export interface Optimizer {
  readonly name: string;
  /** 1: gradients are summed over a batch and then applied; 0: every example updates in place. */
  readonly gradients: 0 | 1;
  readonly states: number;
  /**
   * One of OptimizerCode, for kernels in C, read when a learner is made; absent or 0 for one that only JavaScript runs. Of a
   * subclass with an `update`, `learnRows` or `begin` of its own it is 0 by itself.
   */
  readonly code?: number;
  /** Multiplications, divisions and roots a parameter in update or learnRows, for work in slices; 0 without either. */
  readonly cost: number;
  /** The largest gradient in size that learnRows can follow, however small the learning rate. Absent without it. */
  readonly largestGradient?: number;
  /** May be set at any time; greater than 0. A learner's schedule multiplies it. */
  learningRate: number;
  /** Forgets what it keeps outside the arena. Absent where that is nothing. */
  reset?(): void;
  /** How many numbers it keeps outside the arena. Absent where that is nothing. */
  readonly progressSize?: number;
  /** Writes these numbers from `at` on. Absent as progressSize is. */
  writeProgress?(numbers: Float64Array, at: number): void;
  /** Takes what writeProgress wrote. Absent as progressSize is. */
  readProgress?(numbers: Float64Array, at: number): void;
  /** Called once at each update, before its first slice changes a parameter. Absent where there is nothing to count. */
  begin?(): void;
  /** Writes what the formula's C takes beside the learning rate, at most 5 numbers. Absent where that is nothing. */
  giveNumbers?(numbers: Float64Array, at: number): void;
  /**
   * Applies the gradients of one batch to parameters `from` to `to`, counted from the first. Absent when `gradients` is
   * 0.
   *
   * @param arena holds what `places` says
   * @param learningRate of this update, the schedule's factor included
   * @param examples how many examples the gradients were summed over
   */
  update?(
    arena: Float32Array,
    places: LearnedPlaces,
    from: number,
    to: number,
    learningRate: number,
    examples: number,
  ): void;
  /**
   * Gradients of one example and their update in one sweep over a layer, in place, when its input deltas are known: outputs
   * `from` to `to`, their weights and biases, the penalty's derivative included. The gradient of weight[j, i] is
   * outputDelta[j] * input[i], that of bias[j] outputDelta[j]: called for layers whose operator is affine. Others learn by
   * themselves, and all do where this is absent and `gradients` is 0. Absent when `gradients` is 1.
   *
   * @param step of a layer that learns
   * @param learningRate of this update, the schedule's factor included
   */
  learnRows?(step: Step, places: LearnedPlaces, learningRate: number, from: number, to: number): void;
}
