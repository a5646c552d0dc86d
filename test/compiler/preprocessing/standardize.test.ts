import {expect, test} from "vitest";
import {standardize} from "../../../compiler/preprocessing/standardize.js";

const constantsOf = (...values: readonly number[]) => standardize.findConstants(Float32Array.from(values));

test("finds mean and inverse deviation: of 1 and 3, 2 and 1/1; of a constant, itself and 1", () => {
  expect(constantsOf(1, 3)).toEqual([2, 1]);
  expect(constantsOf(0.1, 0.1)).toEqual([Math.fround(0.1), 1]);
  expect(constantsOf(7)).toEqual([7, 1]);
});

test("takes rounding noise on a large constant for what it is, and a small real movement for real", () => {
  expect(constantsOf(1000, 1000.0001)[1]).toBe(1);
  expect(constantsOf(1e-9, 3e-9)[1]).toBeCloseTo(1e9, -3);
});
