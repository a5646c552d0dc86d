import type {Loss} from "./losses/loss.js";
import type {NativeKernels} from "./native/native-kernels.js";
import type {Operator, Step} from "./ops/operator.js";
import type {Collector, Transform} from "./preprocessing/stage.js";

/**
 * The code that a compiled image needs: just the operators, the loss and the preprocessing that its program names, so
 * that nothing else is linked. `ganglion compile` writes one beside each image.
 */
export interface Model {
  readonly operators: readonly Operator[];
  readonly loss: Loss;
  readonly collectors: readonly Collector[];
  readonly transforms: readonly Transform[];
  /** Faster operators for one image alone; left out where the operators above do. */
  readonly kernels?: Kernels;
  /** Kernels in C that run in place of `operators`, `loss` and the optimizer, as far as they know them. Absent where
   * JavaScript runs all. */
  readonly native?: NativeKernels | undefined;
  /** What `kernels` and `native` stand for; left out where there is neither, and by who is sure to change nothing of it. */
  readonly madeFor?: MadeFor;
  /** What a window's samples are; left out for ready-made features, and by modules compiled before it was told. */
  readonly sampling?: Sampling;
}

/**
 * Operators that a compiler made for one image: what stands in its program, plans and constants may stand in their code.
 * Each gives the same bytes as the operator that it stands for.
 */
export interface Kernels {
  /** CRC-32 of that image, as openImage gives it. */
  readonly image: number;
  readonly plans: readonly PlanKernels[];
}

/**
 * A model's operators and its loss as they were compiled. Where a program puts another in the place of one of these, kernels in C
 * leave that one to JavaScript, and generated kernels aren't used at all, as their functions do several operators' work.
 */
export interface MadeFor {
  readonly operators: readonly Operator[];
  readonly loss: Loss;
}

/** What was made for one of an image's plans. */
export interface PlanKernels {
  /** For each operator of the program what stands for it; undefined for none. */
  readonly operators: readonly (Operator | undefined)[];
  /** The forward of all steps. Absent where each is called by itself. */
  readonly forward?: (steps: readonly Step[]) => void;
  /** An example's whole way back, for an optimizer without learnRows. Absent where each step is called by itself. */
  readonly backward?: (steps: readonly Step[], learningRate: number) => void;
}

/** What a device has to know of the recordings that a model learned from, to measure alike. */
export interface Sampling {
  /** The axes' names in the order of `window.sample`. */
  readonly axes: readonly string[];
  /** The unit of each axis; left out where the description names none. */
  readonly units?: readonly Unit[];
  /** Samples a second; left out where the description names none. */
  readonly rate?: number;
}

/** Units that a description may name and a sensor may give: of acceleration, and of turning. */
export type Unit = "m/s2" | "g" | "rad/s" | "deg/s";
