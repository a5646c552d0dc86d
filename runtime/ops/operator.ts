/**
 * One row of a network's program: which numbers an operator works on. Offsets count float32 elements. Everything was
 * checked when the image was opened; an operator checks nothing.
 */
export interface Step {
  readonly operator: Operator;
  /** What changes: activations, deltas and, where the layer learns, parameters and gradients. Set once, at the end of
   * all checks. */
  arena: Float32Array;
  /** Where the parameters lie: the arena when the layer learns, else the image's constants, read-only. */
  parameters: Float32Array;
  readonly parametersAt: number;
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
}

/**
 * What a layer does. The numbers contract (docs/numbers.md): a sum runs in double precision over ascending indices and
 * is rounded once, by the store into a Float32Array; a result is read again only after that store.
 *
 * An operator whose input and output are the same elements works in place: so do all that go element by element.
 */
export interface Operator {
  readonly code: number;
  readonly name: string;
  /** True when output and input are the same elements, so that sizes and offsets must be equal. */
  readonly inPlace: boolean;
  /** @returns how many parameters a layer of these sizes has */
  parameterCount(inputSize: number, outputSize: number): number;
  /** Outputs from inputs and parameters. */
  forward(step: Step): void;
  /** Input deltas from output deltas; adds this example's gradients to those of the batch. */
  backward(step: Step): void;
  /**
   * Backward and the update of online gradient descent in one sweep, gradients never stored: input deltas from the
   * parameters as they were, then parameter -= learningRate * gradient. Absent where there are no parameters.
   */
  learn?(step: Step, learningRate: number): void;
}
