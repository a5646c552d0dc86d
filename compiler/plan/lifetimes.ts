import {type Graph, outputWords} from "../graph/graph.js";

/** Something in the arena, and from which to which moment it must stay untouched, both included. */
export interface Buffer {
  readonly name: string;
  /** float32 numbers */
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** The buffers beside parameters, gradients and states, and which of them each node writes. */
export interface Lifetimes {
  readonly buffers: readonly Buffer[];
  /** Of each node, the index of the buffer with its outputs. */
  readonly outputs: readonly number[];
  /** Of each node, the index of the buffer with its output deltas, or undefined where nothing learns. */
  readonly deltas: readonly (number | undefined)[];
  /** Of each node, the index of the buffer with what forward keeps for backward, or undefined. */
  readonly masks: readonly (number | undefined)[];
  /** Indices of the input and of the window's sample and state, which is undefined without a window. */
  readonly input: number;
  readonly window: number | undefined;
}

/**
 * Moments count operators: forward 0 to n - 1, the loss n, backward of operator k at 2n - k. A user may look at input
 * and output at any time, fills the window between steps, and writes targets (where the output deltas come) before the
 * first: these four stay throughout.
 *
 * @param firstLearning operators from this one on learn; `graph.nodes.length` for inference
 * @param windowSize float32 numbers of a window's sample and state, 0 without
 */
export function lifetimesOf(graph: Graph, firstLearning: number, windowSize: number): Lifetimes {
  const {nodes} = graph;
  const count = nodes.length;
  const learns = firstLearning < count;
  const end = learns ? 2 * count : count - 1;
  const buffers: Buffer[] = [];
  const add = (buffer: Buffer) => buffers.push(buffer) - 1;

  const window = windowSize > 0 ? add({name: "window", size: windowSize, from: 0, to: end}) : undefined;
  const input = add({name: "input", size: graph.inputSize, from: 0, to: end});
  const outputs: number[] = [];
  const deltas: (number | undefined)[] = [];
  const masks: (number | undefined)[] = [];
  for (let k = 0; k < count; ) {
    // A node and those that work in place on its outputs share one buffer.
    let next = k + 1;
    while (next < count && nodes[next].operator.runtime.inPlace) next++;
    const {name, outputSize} = nodes[k];
    const size = outputWords(nodes[k]);
    const isOutput = next === count;
    const readForward = isOutput ? end : next;
    const readBackward = next - 1 >= firstLearning ? 2 * count - Math.max(firstLearning, k + 1) : 0;
    const readByNext = !isOutput && next >= firstLearning && learns ? 2 * count - next : 0;
    const output = add({
      name: isOutput ? "output" : `outputs of ${name}`,
      size,
      from: k,
      to: Math.max(readForward, readBackward, readByNext),
    });
    const delta =
      next - 1 >= firstLearning
        ? add({
            name: isOutput ? "target, then output deltas" : `deltas of ${name}`,
            size: outputSize,
            from: isOutput ? 0 : 2 * count - next,
            to: isOutput ? end : 2 * count - k,
          })
        : undefined;
    for (; k < next; k++) {
      outputs.push(output);
      deltas.push(delta);
      const maskSize = k < firstLearning ? undefined : nodes[k].operator.runtime.maskSize?.(outputSize);
      masks.push(
        maskSize && add({name: `mask of ${nodes[k].name}`, size: maskSize, from: k, to: 2 * count - k}),
      );
    }
  }
  return {buffers, outputs, deltas, masks, input, window};
}
