import {expect, test} from "vitest";
import {type RegressionOptions, scoreRegression} from "../../../host-sim/metrics/regression.js";

function score(targets: readonly number[], outputs: readonly number[], options?: RegressionOptions) {
  const rows = (values: readonly number[]) => values.map((value) => Float32Array.of(value));
  return scoreRegression(["t"], rows(targets), rows(outputs), options).targets[0];
}

test("R2, mean squared and mean absolute error are those computed by hand", () => {
  // The mean is 2.5, so the squares from it sum to 2.25 + 0.25 + 0.25 + 2.25 = 5; the errors are 1, 0, 0, 1.
  expect(score([1, 2, 3, 4], [2, 2, 3, 5])).toEqual({
    name: "t",
    precision: Math.sqrt(5 / 4) / 250,
    r2: 1 - 2 / 5,
    meanSquaredError: 2 / 4,
    meanAbsoluteError: 2 / 4,
    accuracy: 2 / 4,
  });
});

test("always saying the mean has an R2 of 0, and worse is below", () => {
  expect(score([1, 3], [2, 2]).r2).toBe(0);
  expect(score([1, 3], [3, 1]).r2).toBe(-3);
});

test("an error of just the precision still counts as right", () => {
  // Standard deviation 250: by default 1 is right.
  expect(score([0, 500, 0, 500], [1, 501, 1.25, 500]).accuracy).toBe(3 / 4);
  expect(score([0, 500, 0, 500], [1, 501, 1.25, 500], {precision: 1.25}).accuracy).toBe(1);
});

test("targets that are all alike have no R2, and by default only exact outputs are right", () => {
  const {r2, precision, accuracy, meanAbsoluteError} = score([0.1, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 1.1]);
  expect([r2, precision, accuracy]).toEqual([null, 0, 3 / 4]);
  // 1.1 and 0.1 are float32.
  expect(meanAbsoluteError).toBeCloseTo(0.25, 7);
});

test("all targets together are the mean of their own scores; an R2 that isn't there is left out", () => {
  const rows = [Float32Array.of(1, 7), Float32Array.of(3, 7)];
  const said = [Float32Array.of(1, 8), Float32Array.of(2, 8)];
  const {examples, r2, meanSquaredError, meanAbsoluteError, accuracy} = scoreRegression(
    ["a", "b"],
    rows,
    said,
  );
  expect([examples, r2, meanSquaredError, meanAbsoluteError, accuracy]).toEqual([2, 0.5, 0.75, 0.75, 0.25]);
});

test("an output that isn't finite leaves no score of its target, and none in all, but those of others", () => {
  const rows = [Float32Array.of(1, 7), Float32Array.of(3, 8)];
  const scores = scoreRegression(["a", "b"], rows, [Float32Array.of(1, 7), Float32Array.of(3, Number.NaN)]);
  expect(scores.targets.map(({r2, accuracy}) => [r2, accuracy])).toEqual([
    [1, 1],
    [null, null],
  ]);
  expect([scores.r2, scores.meanSquaredError, scores.meanAbsoluteError, scores.accuracy]).toEqual(
    new Array(4).fill(null),
  );
});
