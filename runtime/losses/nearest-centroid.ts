import {LossCode} from "../image/format.js";
import type {Loss} from "./loss.js";

/**
 * Squared distance of the input to the nearest centroid, of outputs that are minus the squared distances; what k-means
 * makes small. Its derivative is -1 by the nearest's output, the first of them when several are equally near, and 0 by
 * all others.
 */
export const nearestCentroid: Loss = Object.freeze({
  code: LossCode.nearestCentroid,
  name: "nearestCentroid",
  fusedOperator: undefined,
  measure,
  score,
});

function measure(arena: Float32Array, outputAt: number, deltaAt: number, size: number): number {
  const nearest = nearestOf(arena, outputAt, size);
  for (let j = 0; j < size; j++) arena[deltaAt + j] = j === nearest ? -1 : 0;
  return 0 - arena[outputAt + nearest];
}

function score(arena: Float32Array, outputAt: number, size: number): number {
  return 0 - arena[outputAt + nearestOf(arena, outputAt, size)];
}

function nearestOf(arena: Float32Array, outputAt: number, size: number): number {
  let nearest = 0;
  for (let j = 1; j < size; j++) if (arena[outputAt + j] > arena[outputAt + nearest]) nearest = j;
  return nearest;
}
