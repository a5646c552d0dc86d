import type {Loss} from "./losses/loss.js";
import type {NativeKernels} from "./native/native-kernels.js";
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
  /** Kernels in C that run in place of `operators`, `loss` and the optimizer, as far as they know them. Absent where
   * JavaScript runs all. */
  readonly native?: NativeKernels | undefined;
}
