import {expect, test} from "vitest";
import {robust} from "../../../runtime/preprocessing/robust.js";

test("robust subtracts medians and multiplies by inverse spreads", () => {
  const arena = Float32Array.from([10, 20]);
  robust.apply(arena, 0, 2, Float32Array.from([4, 21, 0.5, 2]), 0);
  expect([...arena]).toEqual([3, -2]);
});
