import {describe, expect, test} from "vitest";
import type {Loss} from "../../../runtime/losses/loss.js";
import {nearestCentroid} from "../../../runtime/losses/nearest-centroid.js";
import {reconstruction} from "../../../runtime/losses/reconstruction.js";

/** Input, outputs and deltas with marks between. */
function measure(loss: Loss, input: readonly number[], outputs: readonly number[]) {
  const arena = Float32Array.from([9, ...input, 9, ...outputs, 9, ...outputs.map(() => 77), 9]);
  const outputAt = input.length + 2;
  const deltaAt = outputAt + outputs.length + 1;
  const score = loss.score?.(arena, outputAt, outputs.length, 1);
  expect([...arena.subarray(deltaAt, deltaAt + outputs.length)]).toEqual(outputs.map(() => 77));
  const value = loss.measure(arena, outputAt, deltaAt, outputs.length, 1);
  expect(Object.is(score, value)).toBe(true);
  expect([...arena.subarray(0, deltaAt)]).toEqual([9, ...input, 9, ...outputs, 9].map(Math.fround));
  expect(arena[arena.length - 1]).toBe(9);
  return {value, delta: [...arena.subarray(deltaAt, deltaAt + outputs.length)]};
}

describe("nearestCentroid", () => {
  test("is the smallest squared distance, with a delta of -1 there alone", () => {
    expect(measure(nearestCentroid, [0], [-9, -4, -16])).toEqual({value: 4, delta: [0, -1, 0]});
  });

  test("takes the first of two that are equally near", () => {
    expect(measure(nearestCentroid, [0], [-9, -4, -4])).toEqual({value: 4, delta: [0, -1, 0]});
  });

  test("of the only centroid's own place is 0, not -0", () => {
    const {value} = measure(nearestCentroid, [0], [0]);
    expect(Object.is(value, 0)).toBe(true);
  });

  test("shows a NaN", () => {
    expect(measure(nearestCentroid, [Number.NaN], [Number.NaN, Number.NaN]).value).toBeNaN();
  });
});

describe("reconstruction", () => {
  test("of 4, 0 given back as 1, 2 is (9 + 4) / 2, with deltas 2 (y - x) / 2", () => {
    expect(measure(reconstruction, [4, 0], [1, 2])).toEqual({value: 6.5, delta: [-3, 2]});
  });

  test("is 0 with deltas 0 where the input is given back", () => {
    expect(measure(reconstruction, [1, 2, 3], [1, 2, 3])).toEqual({value: 0, delta: [0, 0, 0]});
  });
});
