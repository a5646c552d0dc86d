import type {Operator} from "../../runtime/ops/operator.js";
import type {Random} from "../../runtime/random.js";

/** The compiler's side of an operator; the file's name is that of the runtime's side. */
export interface CompilerOperator {
  /** What runs on the device. Its name is also the name of the export in `module`. */
  readonly runtime: Operator;
  /** Where a generated module imports it from. */
  readonly module: string;
  /**
   * Draws starting parameters in the order that the runtime keeps them. Absent where there are none.
   * @param rectified true when the activation that follows lets only half of the values through, or almost
   */
  start?(inputSize: number, outputSize: number, rectified: boolean, random: Random): Float32Array;
}
