import type {Buffer} from "./lifetimes.js";

/** Where each buffer begins, in float32 numbers, and how many all take together. */
export interface Placement {
  readonly offsets: readonly number[];
  readonly size: number;
}

/**
 * Places buffers so that those alive at the same moment don't overlap. The result depends on the order in which they
 * are taken and on the end that each is laid at, so several ways are tried and the smallest result is kept. Equal
 * buffers go in the order given, so the same buffers always get the same places.
 *
 * The first way is "greedy by size" of Y. Pisarchyk and J. Lee, "Efficient Memory Management for Deep Neural Net
 * Inference", 2020. Alternate ends are exact for inference: in a chain only two neighbours are ever alive beside what
 * stays throughout.
 */
export function place(buffers: readonly Buffer[]): Placement {
  const least = lowerBound(buffers);
  let best: Placement | undefined;
  for (const compare of ordersOf(buffers)) {
    const order = buffers.map((_, index) => index).sort((a, b) => compare(buffers[a], buffers[b]) || a - b);
    for (const ends of ["one", "alternate"] as const) {
      const placement = placeInOrder(buffers, order, ends === "alternate" ? least : undefined);
      if (best === undefined || placement.size < best.size) best = placement;
      if (best.size === least) return best;
    }
  }
  return best as Placement;
}

/** Compares two of these buffers, for sorting; those that stay all the time come first in all orders but the first. */
function ordersOf(buffers: readonly Buffer[]): readonly ((a: Buffer, b: Buffer) => number)[] {
  const longest = Math.max(...buffers.map(life));
  const staying = (a: Buffer, b: Buffer) => Number(life(b) === longest) - Number(life(a) === longest);
  return [
    (a, b) => b.size - a.size,
    (a, b) => staying(a, b) || a.from - b.from,
    (a, b) => life(b) - life(a),
    (a, b) => staying(a, b) || b.to - a.to,
  ];
}

function life({from, to}: Buffer): number {
  return to - from;
}

/**
 * @param top where buffers that are laid at the upper end should end: every second one of those that share places, where
 *   there is room; undefined to lay all at the lower end
 */
function placeInOrder(
  buffers: readonly Buffer[],
  order: readonly number[],
  top: number | undefined,
): Placement {
  const offsets = new Array<number>(buffers.length);
  const placed: number[] = [];
  let size = 0;
  let atTop = false;
  const longest = Math.max(...buffers.map(life));
  for (const index of order) {
    const buffer = buffers[index];
    const others = placed.filter((other) => overlap(buffers[other], buffer));
    const upper =
      atTop && top !== undefined ? highestPlace(buffers, offsets, others, buffer.size, top) : undefined;
    offsets[index] = upper ?? lowestPlace(buffers, offsets, others, buffer.size);
    if (life(buffer) < longest) atTop = !atTop;
    size = Math.max(size, offsets[index] + buffer.size);
    placed.push(index);
    placed.sort((a, b) => offsets[a] - offsets[b]);
  }
  return {offsets, size};
}

function overlap(a: Buffer, b: Buffer): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** @param others indices of the buffers to keep clear of, from the lowest place to the highest */
function lowestPlace(buffers: readonly Buffer[], offsets: number[], others: number[], size: number): number {
  let offset = 0;
  for (const other of others) {
    if (offsets[other] < offset + size) offset = Math.max(offset, offsets[other] + buffers[other].size);
  }
  return offset;
}

/** @returns the highest place below `top`; undefined when there is none */
function highestPlace(
  buffers: readonly Buffer[],
  offsets: number[],
  others: number[],
  size: number,
  top: number,
): number | undefined {
  let offset = top - size;
  for (const other of [...others].reverse()) {
    if (offsets[other] + buffers[other].size > offset) offset = Math.min(offset, offsets[other] - size);
  }
  return offset < 0 ? undefined : offset;
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
