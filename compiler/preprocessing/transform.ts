import type {Transform} from "../../runtime/preprocessing/stage.js";

/** The compiler's side of a transform. */
export interface CompilerTransform {
  readonly runtime: Transform;
  /** Where a generated module imports it from. */
  readonly module: string;
  /**
   * Finds the constants on the training examples, in the order that the runtime reads them.
   * @param rows one Float32Array of `size` features an example, as the transforms before left them; with no rows, the
   *   constants that change nothing
   */
  findConstants(rows: readonly Float32Array[], size: number): Float32Array;
}
