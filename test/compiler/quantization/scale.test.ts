import {describe, expect, test} from "vitest";
import {fixedPointOf, quantizeNumber, scaleOf} from "../../../compiler/quantization/scale.js";
import {quantizeWeights} from "../../../compiler/quantization/weights.js";

describe("a scale", () => {
  test("spreads -1 to 1.55 over all numbers, a hundredth a step, and gives 0 a number of its own", () => {
    const scale = scaleOf({low: -1, high: 1.55});
    expect(scale).toEqual({scale: Math.fround(0.01), zeroPoint: -28});
    expect([0, -1, 1.55, 0.004, 0.006, 99, -99].map((x) => quantizeNumber(x, scale))).toEqual([
      -28, -128, 127, -28, -27, 127, -128,
    ]);
  });

  test("holds 0 even where all values lie to one side of it", () => {
    expect(scaleOf({low: 5, high: 10}).zeroPoint).toBe(-128);
    expect(scaleOf({low: -10, high: -5}).zeroPoint).toBe(127);
    expect(scaleOf({low: 0, high: 0})).toEqual({scale: 1, zeroPoint: -128});
  });
});

test.each([1, 0.5, 0.75, 2 ** -20, 3.7e-4, 7.9, 0.1, 1 - 2 ** -40])(
  "a factor of %d is its fixed point within 2^-31",
  (factor) => {
    const {multiplier, shift} = fixedPointOf(factor);
    expect(multiplier).toBeGreaterThanOrEqual(2 ** 30);
    expect(multiplier).toBeLessThan(2 ** 31);
    // Half a unit in the last of 31 places, of which the first is set.
    expect(Math.abs(multiplier * 2 ** (shift - 31) - factor)).toBeLessThanOrEqual(factor * 2 ** -31);
  },
);

test("a factor too small for a shift of 31 counts as 0", () => {
  expect(fixedPointOf(2 ** -40)).toEqual({multiplier: 0, shift: 0});
});

test("a factor of 2^15 or more is taken as the largest below, by which any whole number but 0 leaves int8 too", () => {
  const largest = {multiplier: 2 ** 31 - 1, shift: 15};
  expect([2 ** 15, 1e9, 1e300].map(fixedPointOf)).toEqual([largest, largest, largest]);
});

test("weights take a scale for each output, by which the largest is 127, and a row of zeros stays 0", () => {
  const {int8, scales} = quantizeWeights(Float32Array.of(1, -0.5, 0, 0, 2, 254, 9, 9, 9), 2, 3);
  expect([...int8]).toEqual([127, -64, 0, 0, 1, 127]);
  expect([...scales]).toEqual([Math.fround(1 / 127), 1, 2]);
});
