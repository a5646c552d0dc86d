import {expect, test} from "vitest";
import {standardize} from "../../../runtime/preprocessing/standardize.js";

test("standardize subtracts means and multiplies by inverse deviations, at its place and nowhere else", () => {
  const arena = Float32Array.from([9, 10, 20, 30, 9]);
  // One number before: the means 4, 20, 31, then the inverse deviations 0.5, 2, 1.
  const constants = Float32Array.from([9, 4, 20, 31, 0.5, 2, 1]);
  standardize.apply(arena, 1, 3, constants, 1);
  expect([...arena]).toEqual([9, 3, 0, -1, 9]);
  expect(standardize.constantCount(3)).toBe(6);
});
