import {PreprocessingCode} from "../image/format.js";
import type {Collector} from "./stage.js";

/**
 * Statistics of each axis over a window, all found while the samples pass by: no sample is kept but the last one.
 * Features go axis by axis, within an axis in the order below. n is the number of samples, t counts them from 0,
 * d[t] = x[t] - x[t - 1]. With one sample, whatever needs two is 0.
 */
export const Statistic = Object.freeze({
  /** sum of x / n */
  mean: 1,
  /** square root of the sum of (x - mean)^2 / n */
  standardDeviation: 2,
  minimum: 4,
  maximum: 8,
  /** (first t at which the minimum stood) / (n - 1): 0 at the beginning, 1 at the end */
  timeOfMinimum: 16,
  /** likewise of the maximum */
  timeOfMaximum: 32,
  /** how far the least-squares line rises over the window: its slope a sample, times n */
  trend: 64,
  /** how often x goes through the mean of the samples so far, / (n - 1) */
  meanCrossings: 128,
  /** square root of the sum of x^2 / n */
  rootMeanSquare: 256,
  /** sum of |d[t]| / (n - 1) */
  meanAbsoluteChange: 512,
  /** how often x goes from below 0 to 0 or more, or back, / (n - 1) */
  zeroCrossings: 1024,
  /** how often d has the other sign than the last d that wasn't 0, / (n - 1) */
  turningPoints: 2048,
});

/** The `choice` is the sum of the Statistics wanted. */
export const statistics: Collector = Object.freeze({
  code: PreprocessingCode.statistics,
  name: "statistics",
  featureCount,
  stateSize,
  add,
  finish,
});

const ANY = 4095;
/** The statistics that share a part of an axis' state. */
export const MINIMUM = Statistic.minimum | Statistic.timeOfMinimum;
export const MAXIMUM = Statistic.maximum | Statistic.timeOfMaximum;
export const CHANGE = Statistic.meanAbsoluteChange | Statistic.zeroCrossings | Statistic.turningPoints;

function featureCount(axes: number, choice: number): number {
  if (choice < 0 || choice > ANY) return -1;
  let count = 0;
  for (let bits = choice; bits > 0; bits >>= 1) count += bits & 1;
  return axes * count;
}

/**
 * State of an axis, each part only when a statistic needs it: mean and sum of squared differences from it (always);
 * minimum and its time; maximum and its time; sum of (t / 2) (x - mean before x); mean crossings and the side of the
 * mean; last sample, sum of |d|, zero crossings, turns, sign of the last d that wasn't 0.
 */
function stateSize(axes: number, choice: number): number {
  let size = 2;
  if (choice & MINIMUM) size += 2;
  if (choice & MAXIMUM) size += 2;
  if (choice & Statistic.trend) size += 1;
  if (choice & Statistic.meanCrossings) size += 2;
  if (choice & CHANGE) size += 5;
  return axes * size;
}

/**
 * Mean and squared differences by Welford's recurrence (B. P. Welford, Technometrics 4(3), 1962), which keeps its
 * digits for small movements on top of gravity; the trend's sum is the same recurrence for the product with t.
 */
function add(
  arena: Float32Array,
  sampleAt: number,
  stateAt: number,
  axes: number,
  choice: number,
  count: number,
): void {
  if (count === 0) arena.fill(0, stateAt, stateAt + stateSize(axes, choice));
  let s = stateAt;
  for (let axis = 0; axis < axes; axis++) {
    const x = arena[sampleAt + axis];
    const fromOldMean = x - arena[s];
    arena[s] += fromOldMean / (count + 1);
    const fromMean = x - arena[s];
    arena[s + 1] += fromOldMean * fromMean;
    s += 2;
    if (choice & MINIMUM) {
      if (count === 0 || x < arena[s]) {
        arena[s] = x;
        arena[s + 1] = count;
      }
      s += 2;
    }
    if (choice & MAXIMUM) {
      if (count === 0 || x > arena[s]) {
        arena[s] = x;
        arena[s + 1] = count;
      }
      s += 2;
    }
    if (choice & Statistic.trend) {
      arena[s] += (count / 2) * fromOldMean;
      s += 1;
    }
    if (choice & Statistic.meanCrossings) {
      if (fromMean !== 0) {
        const side = fromMean > 0 ? 1 : -1;
        if (arena[s + 1] === -side) arena[s]++;
        arena[s + 1] = side;
      }
      s += 2;
    }
    if (choice & CHANGE) {
      const last = arena[s];
      if (count > 0 && x !== last) {
        const sign = x > last ? 1 : -1;
        arena[s + 1] += (x - last) * sign;
        if (x < 0 !== last < 0) arena[s + 2]++;
        if (arena[s + 4] === -sign) arena[s + 3]++;
        arena[s + 4] = sign;
      }
      arena[s] = x;
      s += 5;
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
  let s = stateAt;
  for (let axis = 0; axis < axes; axis++) {
    const mean = arena[s];
    const variance = arena[s + 1] / count;
    s += 2;
    const minimum = s;
    if (choice & MINIMUM) s += 2;
    const maximum = s;
    if (choice & MAXIMUM) s += 2;
    const trend = s;
    if (choice & Statistic.trend) s += 1;
    const crossings = s;
    if (choice & Statistic.meanCrossings) s += 2;
    const change = s;
    if (choice & CHANGE) s += 5;
    if (choice & Statistic.mean) arena[to++] = mean;
    if (choice & Statistic.standardDeviation) arena[to++] = Math.sqrt(variance);
    if (choice & Statistic.minimum) arena[to++] = arena[minimum];
    if (choice & Statistic.maximum) arena[to++] = arena[maximum];
    if (choice & Statistic.timeOfMinimum) arena[to++] = arena[minimum + 1] / steps;
    if (choice & Statistic.timeOfMaximum) arena[to++] = arena[maximum + 1] / steps;
    if (choice & Statistic.trend) arena[to++] = count > 1 ? (12 * arena[trend]) / (count * count - 1) : 0;
    if (choice & Statistic.meanCrossings) arena[to++] = arena[crossings] / steps;
    if (choice & Statistic.rootMeanSquare) arena[to++] = Math.sqrt(mean * mean + variance);
    if (choice & Statistic.meanAbsoluteChange) arena[to++] = arena[change + 1] / steps;
    if (choice & Statistic.zeroCrossings) arena[to++] = arena[change + 2] / steps;
    if (choice & Statistic.turningPoints) arena[to++] = arena[change + 3] / steps;
  }
}
