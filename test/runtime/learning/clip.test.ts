import {expect, test} from "vitest";
import {clipByValue, scale} from "../../../runtime/learning/clip.js";
import {sumOfSquares} from "../../../runtime/learning/sum-of-squares.js";
import {drawer, drawNumbers} from "../reference/draw.js";

test("clipping by value brings what lies outside to the limit, of the numbers asked for alone", () => {
  const arena = Float32Array.from([-9, -2, -0.5, 0, 0.5, 2, Number.NaN, Infinity, 9]);
  clipByValue(arena, 1, 8, 1);
  expect([...arena]).toEqual([-9, -1, -0.5, 0, 0.5, 1, Number.NaN, 1, 9]);
});

test("a gradient of 3, 4 has the norm 5, and a factor of 1/5 makes it 1", () => {
  const arena = Float32Array.from([7, 3, 4, 7]);
  expect(Math.sqrt(sumOfSquares(arena, 1, 3, 0))).toBe(5);
  scale(arena, 1, 3, 1 / 5);
  expect([...arena]).toEqual([7, 3 / 5, 4 / 5, 7].map(Math.fround));
});

test("squares summed in slices round as one sum does", () => {
  const arena = drawNumbers(drawer(1), 1000);
  let sum = 0;
  for (let k = 0; k < 1000; k += 19) sum = sumOfSquares(arena, k, Math.min(k + 19, 1000), sum);
  expect(sum).toBe(arena.reduce((all, g) => all + g * g, 0));
});
