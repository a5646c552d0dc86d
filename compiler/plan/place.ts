import type {Buffer} from "./lifetimes.js";

/** Where each buffer begins, in float32 numbers, and how many all take together. */
export interface Placement {
  readonly offsets: readonly number[];
  readonly size: number;
}

/**
 * Places buffers so that those alive at the same moment don't overlap: the largest first, each at the lowest place that
 * is free for all of its life (Y. Pisarchyk and J. Lee, "Efficient Memory Management for Deep Neural Net Inference",
 * 2020, "greedy by size"). Equal sizes go in the order given, so the same buffers always get the same places.
 */
export function place(buffers: readonly Buffer[]): Placement {
  const order = buffers.map((_, index) => index).sort((a, b) => buffers[b].size - buffers[a].size || a - b);
  const offsets = new Array<number>(buffers.length);
  const placed: number[] = [];
  let size = 0;
  for (const index of order) {
    const buffer = buffers[index];
    let offset = 0;
    for (const other of placed) {
      const apart = buffers[other].to < buffer.from || buffer.to < buffers[other].from;
      if (!apart && offsets[other] < offset + buffer.size)
        offset = Math.max(offset, offsets[other] + buffers[other].size);
    }
    offsets[index] = offset;
    size = Math.max(size, offset + buffer.size);
    placed.push(index);
    placed.sort((a, b) => offsets[a] - offsets[b]);
  }
  return {offsets, size};
}

/** @returns the largest sum of sizes alive at one moment: no placement can be smaller */
export function lowerBound(buffers: readonly Buffer[]): number {
  const moments = new Set(buffers.map((buffer) => buffer.from));
  let most = 0;
  for (const moment of moments) {
    const alive = buffers.filter(({from, to}) => from <= moment && moment <= to);
    most = Math.max(
      most,
      alive.reduce((sum, {size}) => sum + size, 0),
    );
  }
  return most;
}
