/**
 * A loss over one example. The targets stand where the derivatives will: `measure` reads target[j] at
 * deltaAt + j and leaves the loss's derivative by output[j] there.
 *
 * A loss with `score` takes no targets: input and outputs are all that it looks at, and the loss of an example is its
 * anomaly score.
 */
export interface Loss {
  readonly code: number;
  readonly name: string;
  /** The last operator's name, when the derivative is by that operator's inputs, so that backward skips it. */
  readonly fusedOperator: string | undefined;
  /** True when each output is compared with its input, so that there must be as many. Absent elsewhere. */
  readonly comparesInput?: true;
  /**
   * @param size outputs
   * @param inputAt where the network's input stands
   * @returns the loss of this example, in nats for the cross-entropies, the penalty not included
   */
  measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number, inputAt: number): number;
  /**
   * What `measure` gives and leaves for targets that are 1 for one output and 0 for all others, without reading them. Absent
   * where that isn't quicker; who makes a loss of this one with another `measure` leaves it out too.
   * @param label index of that output
   */
  measureLabel?(arena: Float32Array, outputAt: number, deltaAt: number, size: number, label: number): number;
  /** @returns what `measure` does, and changes nothing: higher for stranger examples. Absent where targets are needed. */
  score?(arena: Float32Array, outputAt: number, size: number, inputAt: number): number;
}
