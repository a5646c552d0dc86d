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
  /** What is quicker than `measure` where a label stands for the targets. Absent where nothing is. */
  readonly byLabel?: ByLabel;
  /** @returns what `measure` does, and changes nothing: higher for stranger examples. Absent where targets are needed. */
  score?(arena: Float32Array, outputAt: number, size: number, inputAt: number): number;
}

/** How a loss measures targets that are 1 for one output and 0 for all others, without reading them. */
export interface ByLabel {
  /** The loss's own `measure`: a loss with another one that was made from it is not measured so. */
  readonly of: Loss["measure"];
  /**
   * @param label index of the output that is to be 1
   * @returns what `measure` does, and leaves the same derivatives
   */
  measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number, label: number): number;
}
