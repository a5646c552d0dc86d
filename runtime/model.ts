import type {Loss} from "./losses/loss.js";
import type {Operator} from "./ops/operator.js";
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
  /** What a window's samples are; left out for ready-made features, and by modules compiled before it was told. */
  readonly sampling?: Sampling;
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
