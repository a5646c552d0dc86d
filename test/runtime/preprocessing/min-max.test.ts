import {expect, test} from "vitest";
import {minMax} from "../../../runtime/preprocessing/min-max.js";

test("minMax subtracts minima, multiplies by scales and adds lows, at its place and nowhere else", () => {
  const arena = Float32Array.from([9, 10, 20, 30, 9]);
  // One number before: the minima 4, 20, 31, then the scales 0.5, 2, 1, then the lows -1, 0, 3.
  const constants = Float32Array.from([9, 4, 20, 31, 0.5, 2, 1, -1, 0, 3]);
  minMax.apply(arena, 1, 3, constants, 1);
  expect([...arena]).toEqual([9, 2, 0, 2, 9]);
  expect(minMax.constantCount(3)).toBe(9);
});
