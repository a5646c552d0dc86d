import {describe, expect, test} from "vitest";
import {Statistic, statistics} from "../../../runtime/preprocessing/statistics.js";
import {drawer} from "../reference/draw.js";
import {definitions} from "../reference/statistics.js";

type Name = keyof typeof Statistic;
const names = Object.keys(Statistic) as Name[];
const ALL = 4095;

/** Features of a window of rows, each row one number an axis, computed as a device does: one row after the other. */
function featuresOf(rows: readonly (readonly number[])[], choice = ALL): number[] {
  const axes = rows[0].length;
  const count = statistics.featureCount(axes, choice);
  const stateAt = count + axes;
  const end = stateAt + statistics.stateSize(axes, choice);
  // What an earlier window left behind must not count; a fence shows what is written outside.
  const arena = new Float32Array(end + 1).fill(77);
  rows.forEach((row, t) => {
    arena.set(row, count);
    statistics.add(arena, count, stateAt, axes, choice, t);
  });
  statistics.finish(arena, 0, stateAt, axes, choice, rows.length);
  expect(arena[end]).toBe(77);
  expect([...arena.subarray(count, stateAt)]).toEqual(rows[rows.length - 1].map(Math.fround));
  return [...arena.subarray(0, count)];
}

function oneAxis(...x: number[]): Record<Name, number> {
  const features = featuresOf(x.map((value) => [value]));
  return Object.fromEntries(names.map((name, k) => [name, features[k]])) as Record<Name, number>;
}

describe("statistics by hand", () => {
  test("of one sample: itself, and 0 for whatever needs two", () => {
    expect(oneAxis(-3)).toEqual({
      mean: -3,
      standardDeviation: 0,
      minimum: -3,
      maximum: -3,
      timeOfMinimum: 0,
      timeOfMaximum: 0,
      trend: 0,
      meanCrossings: 0,
      rootMeanSquare: 3,
      meanAbsoluteChange: 0,
      zeroCrossings: 0,
      turningPoints: 0,
    });
  });

  test("of two samples, 1 and 5", () => {
    expect(oneAxis(1, 5)).toEqual({
      mean: 3,
      standardDeviation: 2,
      minimum: 1,
      maximum: 5,
      timeOfMinimum: 0,
      timeOfMaximum: 1,
      trend: 8, // 4 a sample, 2 samples
      meanCrossings: 0, // 1 is the mean of itself, on no side
      rootMeanSquare: Math.fround(Math.sqrt(13)),
      meanAbsoluteChange: 4,
      zeroCrossings: 0,
      turningPoints: 0,
    });
  });

  test("of a window that never changes", () => {
    expect(oneAxis(2, 2, 2, 2, 2)).toEqual({
      mean: 2,
      standardDeviation: 0,
      minimum: 2,
      maximum: 2,
      timeOfMinimum: 0,
      timeOfMaximum: 0,
      trend: 0,
      meanCrossings: 0,
      rootMeanSquare: 2,
      meanAbsoluteChange: 0,
      zeroCrossings: 0,
      turningPoints: 0,
    });
  });

  test("of a zigzag, 0 4 -4 4 -4", () => {
    // Means of the samples so far: 0, 2, 0, 1, 0. Sides from the second on: above, below, above, below.
    expect(oneAxis(0, 4, -4, 4, -4)).toEqual({
      mean: 0,
      standardDeviation: Math.fround(Math.sqrt(64 / 5)),
      minimum: -4,
      maximum: 4,
      timeOfMinimum: 0.5,
      timeOfMaximum: 0.25,
      // Slope: (-2 * 0 - 1 * 4 + 0 + 1 * 4 + 2 * -4) / (4 + 1 + 0 + 1 + 4) = -0.8 a sample, 5 samples.
      trend: -4,
      meanCrossings: 0.75,
      rootMeanSquare: Math.fround(Math.sqrt(64 / 5)),
      meanAbsoluteChange: 7,
      zeroCrossings: 0.75,
      turningPoints: 0.75,
    });
  });

  test("where equal samples lie between: they turn nothing, and the first extreme counts", () => {
    const {turningPoints, zeroCrossings, timeOfMinimum, timeOfMaximum} = oneAxis(-1, -1, 3, 3, -1);
    expect(turningPoints).toBe(0.25);
    expect(zeroCrossings).toBe(0.5);
    expect([timeOfMinimum, timeOfMaximum]).toEqual([0, 0.5]);
  });
});

/** Windows to compare on: movement, movement on top of gravity, a slow drift, steps of a sensor. */
const draw = drawer(11);
const centred = () => draw() - 0.5;
const kinds: Record<string, (t: number) => number> = {
  "noise around 0": () => 4 * centred(),
  "0.004 g of noise on 1 g": () => 1 + 0.004 * centred(),
  "a drift": (t) => 3 - 0.05 * t + 0.1 * centred(),
  "a sine with steps of 0.004 g": (t) => Math.round((Math.sin(t / 7) + 0.02 * centred()) / 0.004) * 0.004,
};

describe.each(Object.entries(kinds))(
  "statistics of %s agree with their definitions in float64",
  (_kind, sample) => {
    test.each([2, 3, 10, 100, 600])("over %i samples", (rows) => {
      const window = Array.from({length: rows}, (_, t) => [
        Math.fround(sample(t)),
        Math.fround(-sample(t)),
        Math.fround(2 * sample(t)),
      ]);
      const features = featuresOf(window);
      for (let axis = 0; axis < 3; axis++) {
        const x = window.map((row) => row[axis]);
        const spread = definitions.maximum(x) - definitions.minimum(x);
        names.forEach((name, k) => {
          const difference = Math.abs(features[axis * names.length + k] - definitions[name](x));
          // Welford's mean is rounded to float32 at each sample, by up to 2^-25 of its size, and each rounding is later
          // weighed down by the samples that follow: over 600 samples at most 55 of them were seen to remain, in the trend.
          const level = 2 ** -25 * (Math.abs(definitions.mean(x)) + spread) * 96;
          // Crossings of the running mean may be decided by such a rounding where a sample lies on it.
          const tolerance = name === "meanCrossings" ? 2.01 / (rows - 1) : level + 2e-5 * spread;
          expect(difference, `${name} of axis ${axis}`).toBeLessThan(tolerance);
        });
      }
    });
  },
);

test("a window of gravity alone keeps six digits of a deviation of 0.001 g", () => {
  const x = Array.from({length: 500}, (_, t) => Math.fround(1 + (t % 2 === 0 ? 0.001 : -0.001)));
  const exact = definitions.standardDeviation(x);
  expect(Math.abs(oneAxis(...x).standardDeviation / exact - 1)).toBeLessThan(1e-4);
});

describe("a choice of statistics", () => {
  test("gives the same numbers as all of them together, each alone and in pairs", () => {
    const rows = Array.from({length: 20}, (_, t) => [Math.sin(t), Math.cos(3 * t)].map(Math.fround));
    const all = featuresOf(rows);
    for (const one of names) {
      for (const other of names) {
        const chosen = names.filter((name) => name === one || name === other);
        const choice = chosen.reduce((bits, name) => bits | Statistic[name], 0);
        const wanted = [0, 1].flatMap((axis) =>
          chosen.map((name) => all[axis * names.length + names.indexOf(name)]),
        );
        expect(featuresOf(rows, choice)).toEqual(wanted);
      }
    }
  });

  test("counts features an axis, and refuses bits that are no statistic", () => {
    expect(statistics.featureCount(3, ALL)).toBe(36);
    expect(statistics.featureCount(3, Statistic.mean | Statistic.trend)).toBe(6);
    expect(statistics.featureCount(3, 0)).toBe(0);
    expect(statistics.featureCount(3, 4096)).toBe(-1);
    expect(statistics.featureCount(3, -1)).toBe(-1);
  });
});

test("a sample that is NaN shows in the mean", () => {
  expect(oneAxis(1, Number.NaN, 2).mean).toBeNaN();
});
