import {expect, test} from "vitest";
import {clip} from "../../../runtime/preprocessing/clip.js";

test("clip keeps each feature between its own two numbers, and NaN as it is, at its place and nowhere else", () => {
  const arena = Float32Array.from([99, -5, 5, 0.5, Number.NaN, -Infinity, 99]);
  // One number before: five lows, then five highs.
  const constants = Float32Array.from([9, -3, -3, -3, -3, -1, 3, 4, 3, 3, 1]);
  clip.apply(arena, 1, 5, constants, 1);
  expect([...arena]).toEqual([99, -3, 4, 0.5, Number.NaN, -1, 99]);
  expect(clip.constantCount(5)).toBe(10);
});
