import {Random} from "../../runtime/random.js";
import type {Buffer} from "./lifetimes.js";

/** Where each buffer begins, in float32 numbers, and how many all take together. */
export interface Placement {
  readonly offsets: readonly number[];
  readonly size: number;
}

/**
 * Places buffers so that those alive at the same moment don't overlap. The largest goes first to the lowest free place, as
 * "greedy by size" of Y. Pisarchyk and J. Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020, which is
 * often the best already. Some order always is, when each buffer goes to its lowest free place; so the order is changed at
 * random, two buffers at a time, for as long as the result gets no larger. The random numbers are always the same, so the
 * same buffers always get the same places.
 */
export function place(buffers: readonly Buffer[]): Placement {
  const least = lowerBound(buffers);
  const random = new Random(1);
  let order = [...buffers.keys()].sort((a, b) => buffers[b].size - buffers[a].size || a - b);
  let best = placeInOrder(buffers, order);
  const most = Math.min(MOST_TRIES, MOST_PAIRS / buffers.length ** 2);
  for (let tries = 0; tries < most && best.size > least; tries++) {
    const changed = [...order];
    const [one, other] = [random.below(order.length), random.below(order.length)];
    [changed[one], changed[other]] = [changed[other], changed[one]];
    const placement = placeInOrder(buffers, changed);
    if (placement.size > best.size) continue;
    best = placement;
    order = changed;
  }
  return best;
}

/** Enough to reach the least that any plan could for all of thousands of random networks of up to seven layers. */
const MOST_TRIES = 20_000;
/** Pairs of buffers that may be compared in all, so that 64 layers for which no placement reaches it end in a second or two. */
const MOST_PAIRS = 60_000_000;

function placeInOrder(buffers: readonly Buffer[], order: readonly number[]): Placement {
  const offsets = new Array<number>(buffers.length);
  const placed: number[] = [];
  let size = 0;
  for (const index of order) {
    const buffer = buffers[index];
    const others = placed.filter((other) => overlap(buffers[other], buffer));
    offsets[index] = lowestPlace(buffers, offsets, others, buffer.size);
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
