import type {OptimizerName, OptimizerOptions} from "../../compiler/optimizers.js";
import type {ScheduleDescription} from "../../compiler/schedules.js";
import type {LearnerOptions} from "../../runtime/learning/learner-options.js";

/** The options of an optimizer and of a learner, with a schedule as a description says it. */
export interface JobLearning extends OptimizerOptions, Omit<LearnerOptions, "schedule"> {
  readonly optimizer: OptimizerName;
  readonly schedule?: ScheduleDescription;
}

/** What a replay does, one phase after the other, on one network whose parameters carry over. */
export interface Job {
  /** How the network learns; without it the network only runs, and takes the arena of inference. */
  readonly learning?: JobLearning;
  readonly phases: readonly Phase[];
}

export type Phase =
  /** Runs every example once. */
  | {readonly kind: "classify"; readonly examples: string}
  /**
   * Learns `steps` examples one after the other, from the first again after the last; in slices of `budget`, if given.
   * Examples with targets teach numbers to predict, those of a class that; others are learned from as they are.
   */
  | {
      readonly kind: "learn";
      readonly examples: string;
      readonly steps: number;
      readonly budget?: number | undefined;
    };

/** What a phase cost on the engine, the reading and writing of results left out; null where the engine can't tell. */
export interface Cost {
  readonly bytecodes: number | null;
  readonly slots: number | null;
  readonly chunkBytes: number | null;
  readonly collections: number | null;
}

/** One line that the program prints: what a phase cost. */
export interface PhaseReport {
  readonly phase: number;
  /** Of everything between the first example and the last. */
  readonly all: Cost;
  /** Bytecodes of feeding: reading samples, the window's statistics and the transforms, summed over the examples. */
  readonly feedingBytecodes: number | null;
  /** Bytecodes of the network alone: `classify()` or `learn()`, summed over the examples. */
  readonly networkBytecodes: number | null;
  /** How often the network ran or learned. */
  readonly runs: number;
  readonly arenaBytes: number;
}

/** Stand in the place of an example's class. */
export const NoClass = Object.freeze({targets: -1, nothing: -2});

/** Names of the files that a job reads and writes. */
export const JobFile = Object.freeze({
  image: "model.gnl",
  /** int32 pairs: rows of each example, and its class or one of NoClass */
  index: (examples: string) => `${examples}.index`,
  /** float32: all samples, or all features, of all examples */
  values: (examples: string) => `${examples}.values`,
  /** float32: the targets of all examples */
  targets: (examples: string) => `${examples}.targets`,
  /** float32: the outputs for each example of a phase */
  outputs: (phase: number) => `${phase}.outputs`,
  /** float64: the anomaly score of each example of a phase, where the network gives scores */
  scores: (phase: number) => `${phase}.scores`,
  /** float64: the loss of each step of a phase */
  losses: (phase: number) => `${phase}.losses`,
  /** float32: all parameters that learn, after a phase */
  parameters: (phase: number) => `${phase}.parameters`,
});
