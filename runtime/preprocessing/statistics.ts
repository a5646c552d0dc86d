import {PreprocessingCode} from "../image/format.js";
import type {Collector} from "./stage.js";

/**
 * Statistics of each axis over a window, all found while the samples pass by: no sample is kept but the last one.
 * Features go axis by axis, within an axis in the order below. n is the number of samples, d[t] = x[t] - x[t - 1].
 */
export const Statistic = Object.freeze({
  /** sum of x / n */
  mean: 1,
  /** square root of the sum of (x - mean)^2 / n, by Welford's recurrence (Technometrics 4(3), 1962) */
  standardDeviation: 2,
  minimum: 4,
  maximum: 8,
  /** square root of the sum of x^2 / n = mean^2 + standardDeviation^2 */
  rootMeanSquare: 16,
  /** sum of |d[t]| / (n - 1) */
  meanAbsoluteChange: 32,
  /** share of the n - 1 steps at which x goes from below 0 to 0 or more, or back */
  zeroCrossings: 64,
  /** share of the n - 1 steps at which x turns: d has the other sign than the last d that wasn't 0 */
  turningPoints: 128,
});

/** The `choice` is the sum of the Statistics wanted. */
export const statistics: Collector = Object.freeze({
  code: PreprocessingCode.statistics,
  name: "statistics",
  featureCount,
  stateSize: (axes: number) => axes * STATE,
  add,
  finish,
});

// Of each axis: mean, sum of squared differences from it, minimum, maximum, sum of |d|, crossings, turns, last sample,
// sign of the last d that wasn't 0.
const STATE = 9;

function featureCount(axes: number, choice: number): number {
  let count = 0;
  for (let bits = choice & 255; bits > 0; bits >>= 1) count += bits & 1;
  return axes * count;
}

function add(arena: Float32Array, sampleAt: number, stateAt: number, axes: number, count: number): void {
  for (let axis = 0; axis < axes; axis++) {
    const x = arena[sampleAt + axis];
    const s = stateAt + axis * STATE;
    if (count === 0) {
      arena.fill(0, s, s + STATE);
      arena[s] = x;
      arena[s + 2] = x;
      arena[s + 3] = x;
      arena[s + 7] = x;
      continue;
    }
    const fromMean = x - arena[s];
    arena[s] += fromMean / (count + 1);
    arena[s + 1] += fromMean * (x - arena[s]);
    if (x < arena[s + 2]) arena[s + 2] = x;
    if (x > arena[s + 3]) arena[s + 3] = x;
    const last = arena[s + 7];
    if (x !== last) {
      const sign = x > last ? 1 : -1;
      arena[s + 4] += (x - last) * sign;
      if (x < 0 !== last < 0) arena[s + 5]++;
      if (arena[s + 8] === -sign) arena[s + 6]++;
      arena[s + 8] = sign;
      arena[s + 7] = x;
    }
  }
}

function finish(
  arena: Float32Array,
  featuresAt: number,
  stateAt: number,
  axes: number,
  choice: number,
  count: number,
): void {
  const steps = count > 1 ? count - 1 : 1;
  let to = featuresAt;
  for (let axis = 0; axis < axes; axis++) {
    const s = stateAt + axis * STATE;
    const mean = arena[s];
    const variance = arena[s + 1] / count;
    if (choice & Statistic.mean) arena[to++] = mean;
    if (choice & Statistic.standardDeviation) arena[to++] = Math.sqrt(variance);
    if (choice & Statistic.minimum) arena[to++] = arena[s + 2];
    if (choice & Statistic.maximum) arena[to++] = arena[s + 3];
    if (choice & Statistic.rootMeanSquare) arena[to++] = Math.sqrt(mean * mean + variance);
    if (choice & Statistic.meanAbsoluteChange) arena[to++] = arena[s + 4] / steps;
    if (choice & Statistic.zeroCrossings) arena[to++] = arena[s + 5] / steps;
    if (choice & Statistic.turningPoints) arena[to++] = arena[s + 6] / steps;
  }
}
