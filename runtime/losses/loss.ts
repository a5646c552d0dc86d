/**
 * A loss over one example. The targets stand where the derivatives will: `measure` reads target[j] at
 * deltaAt + j and leaves the loss's derivative by output[j] there.
 */
export interface Loss {
  readonly code: number;
  readonly name: string;
  /** True when its derivative is by the inputs of a softmax that comes last, so that backward skips the softmax. */
  readonly fusesLastOperator: boolean;
  /** @returns the loss of this example, in nats for the cross-entropies */
  measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number;
}
