/**
 * A loss over one example. The targets stand where the derivatives will: `measure` reads target[j] at
 * deltaAt + j and leaves the loss's derivative by output[j] there.
 */
export interface Loss {
  readonly code: number;
  readonly name: string;
  /** The last operator's name, when the derivative is by that operator's inputs, so that backward skips it. */
  readonly fusedOperator: string | undefined;
  /** @returns the loss of this example, in nats for the cross-entropies, the penalty not included */
  measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number;
}
