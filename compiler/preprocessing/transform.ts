import type {Transform} from "../../runtime/preprocessing/stage.js";

/** The compiler's side of a transform, with what the description says of it. */
export interface CompilerTransform {
  readonly runtime: Transform;
  /** Where a generated module imports it from. */
  readonly module: string;
  /** A feature's constants that leave every finite number as it is, in the order that the runtime keeps them. */
  readonly unchanging: readonly number[];
  /**
   * Finds a feature's constants.
   * @param values the feature in each training example, 1 or more, as the transforms before left it
   * @returns as many numbers as `unchanging`, in its order
   */
  findConstants(values: Float32Array): readonly number[];
}
