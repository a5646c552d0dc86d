import type {Image} from "../image/open.js";
import type {Random} from "../random.js";

/** How strongly a layer's parameters are penalized: l1 * sum |p| + l2 * sum p^2, over its weights and over its biases. */
export interface Regularization {
  readonly l1: number;
  readonly l2: number;
  readonly biasL1: number;
  readonly biasL2: number;
}

/** An arena as 32-bit words and as bytes: bytes lie at four times the offset. */
export interface ArenaViews {
  readonly words: Int32Array;
  readonly int8: Int8Array;
}

/**
 * One row of a network's program: which numbers an operator works on. Offsets count float32 elements. Everything was
 * checked when the image was opened; an operator checks nothing.
 */
export interface Step {
  /** Set once: what was generated for it takes the place of the one that a model's operators have. */
  operator: Operator;
  /** The operator as the image stores it: another one where the layer learns and is stored quantized. */
  readonly stored: Operator;
  /** What changes: activations, deltas and, where the layer learns, parameters and gradients. Set once, at the end of
   * all checks. */
  arena: Float32Array;
  /** The same bytes seen otherwise, for masks and for int8; set together with `arena`. */
  views: ArenaViews;
  /** Where the parameters lie: the arena when the layer learns, else the image's constants, read-only. */
  parameters: Float32Array;
  readonly parametersAt: number;
  /** All constants, read-only, and where in them the operator's own begin, behind its parameters if it stores any. */
  readonly image: Image;
  readonly constantsAt: number;
  /** Where in the image's int8 section the operator's own begin. */
  readonly int8At: number;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly inputAt: number;
  readonly outputAt: number;
  /** Where the loss's derivative by the inputs goes; -1 when nothing before this step learns. */
  readonly inputDeltaAt: number;
  /** Where the loss's derivative by the outputs stands during backward. */
  readonly outputDeltaAt: number;
  /** Where gradients are summed over a batch, in the order of the parameters; -1 when none are kept. */
  readonly gradientsAt: number;
  /** Where forward keeps a mask for backward; -1 when it keeps none. */
  readonly maskAt: number;
  /** Undefined where nothing is penalized, and where nothing learns. */
  readonly regularization: Regularization | undefined;
}

/**
 * What a layer does. The numbers contract (docs/numbers.md): a sum runs in double precision over ascending indices and
 * is rounded once, by the store into a Float32Array; a result is read again only after that store.
 *
 * An operator whose input and output are the same elements works in place: so do all that go element by element.
 *
 * An operator with parameters keeps a row of inputSize numbers for each output, then one number for each output. It can
 * be run in slices, some units at a time, so that a long layer doesn't hold a device up: outputs `from` to `to` of forward,
 * rows of addGradients, blocks of eight outputs of backward and of learn. Without `from` and `to` it does all. One without
 * parameters always does all.
 */
export interface Operator {
  readonly code: number;
  readonly name: string;
  /** True when output and input are the same elements, so that sizes and offsets must be equal. */
  readonly inPlace: boolean;
  /** True when it can't learn: it may only stand before the layers that do. Absent where it can. */
  readonly isFrozen?: true;
  /** True when its inputs are int8 numbers. Absent where they are float32. */
  readonly takesInt8?: true;
  /** @returns how many parameters a layer of these sizes has */
  parameterCount(inputSize: number, outputSize: number): number;
  /** @returns how many of them, from the first on, are weights; the others are biases. Absent where there are none. */
  weightCount?(inputSize: number, outputSize: number): number;
  /** True when output[j] = bias[j] + sum over i of weight[j, i] * input[i], so that a weight's gradient is an output delta
   * times an input, and an optimizer in place can work it out. Absent where it is another. */
  readonly isAffine?: true;
  /** @returns 32-bit constants that never learn, as a rate; in the image they follow the parameters. Absent where there
   * are none. */
  constantCount?(inputSize: number, outputSize: number): number;
  /** @returns bytes in the image's int8 section. Absent where there are none. */
  int8Count?(inputSize: number, outputSize: number): number;
  /** Code of the operator that takes its place where the layer learns, as it stores its parameters in another form. */
  readonly learnsAs?: number;
  /** Writes the parameters that it stores in another form into `arena`, in the order of the operator that learns. */
  unpack?(step: Step, arena: Float32Array, at: number): void;
  /** @returns 32-bit words that the outputs take, where these are no float32 numbers. Absent where they are. */
  outputWords?(outputSize: number): number;
  /** @throws InputError naming `field` when its constants are not what it can work with */
  checkConstants?(field: string, step: Step): void;
  /** @returns 32-bit words that forwardLearning keeps for backward. Absent where there are none. */
  maskSize?(outputSize: number): number;
  /** True when a unit may come to give 0 for all inputs, and then never learns again. Absent where that can't be. */
  readonly canDie?: true;
  /** @returns how many times as large in size as the largest output delta an input delta may be. Absent where it can't be
   * larger, and where there are parameters. */
  largestSlope?(step: Step): number;
  /** Outputs from inputs and parameters. */
  forward(step: Step, from?: number, to?: number): void;
  /** What an example that is learned from goes through in forward's place. Absent where that is the same. */
  forwardLearning?(step: Step, random: Random): void;
  /** Input deltas from output deltas, where they are wanted. */
  backward(step: Step, from?: number, to?: number): void;
  /** Adds this example's gradients to those of the batch. Absent where there are no parameters. */
  addGradients?(step: Step, from?: number, to?: number): void;
  /**
   * Backward and the update of online gradient descent in one sweep, gradients never stored: input deltas from the
   * parameters as they were, then parameter -= learningRate * (gradient + the penalty's). Absent where there are no
   * parameters. What isn't affine learns in this way with every optimizer in place.
   */
  learn?(step: Step, learningRate: number, from?: number, to?: number): void;
  /** The largest learning rate that learn can follow. Absent where none is too large for it. */
  readonly largestRate?: number;
}

/** Outputs that backward and learn take together. A sum over outputs is rounded at the end of each block. */
export const BLOCK = 8;

/** @returns blocks that so many outputs make, the last of them perhaps shorter */
export function blockCount(outputSize: number): number {
  return (outputSize + 7) >> 3;
}
