import {expect, test} from "vitest";
import {fitLine} from "../../bench/growth.js";

test("points of a line give back the line, and lie on it", () => {
  const points = [100, 1000, 300_000].map((weights) => ({weights, value: 500 + 16 * weights}));
  const {start, perWeight, deviation} = fitLine(points);
  expect(start).toBeCloseTo(500, 6);
  expect(perWeight).toBeCloseTo(16, 9);
  expect(deviation).toBeLessThan(1e-9);
});

test("a point off the line shows in the deviation as a share of the line, however small the network", () => {
  const points = [100, 200, 400, 800, 100_000].map((weights) => ({weights, value: 10 * weights}));
  const off = points.map((point, k) => (k === 1 ? {...point, value: point.value * 1.1} : point));
  expect(fitLine(off).deviation).toBeGreaterThan(0.05);
  expect(fitLine(off).deviation).toBeLessThan(0.11);
});
