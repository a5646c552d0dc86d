import type {Operator} from "../../runtime/ops/operator.js";
import type {Random} from "../../runtime/random.js";

/** The compiler's side of an operator; the file's name is that of the runtime's side. */
export interface CompilerOperator {
  /** What runs on the device. Its name is also the name of the export in `module`. */
  readonly runtime: Operator;
  /** Where a generated module imports it from. */
  readonly module: string;
}

/** The compiler's side of an operator with parameters. @template L how a description says such a layer */
export interface CompilerLayer<L> extends CompilerOperator {
  /**
   * Draws or takes starting parameters, in the order that the runtime keeps them.
   * @param place what to call the layer's `start` in messages
   * @throws InputError for given parameters of another size
   */
  start(layer: L, inputSize: number, random: Random, place: string): Float32Array;
}
