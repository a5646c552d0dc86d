import {describe, expect, test} from "vitest";
import {log} from "../../../runtime/preprocessing/log.js";

function applied(...features: readonly number[]): number[] {
  const arena = Float32Array.from([9, ...features, 9]);
  log.apply(arena, 1, features.length, new Float32Array(features.length).fill(1), 0);
  expect([arena[0], arena[arena.length - 1]]).toEqual([9, 9]);
  return [...arena.subarray(1, -1)];
}

describe("log", () => {
  test("is ln(1 + x) above 0 and its mirror below", () => {
    const ln2 = Math.fround(Math.LN2);
    expect(applied(0, 1, -1, 3, -3)).toEqual([
      0,
      ln2,
      -ln2,
      Math.fround(Math.log(4)),
      -Math.fround(Math.log(4)),
    ]);
  });

  test("keeps all digits of small features, and has a logarithm for the largest", () => {
    // ln(1 + x) = x - x^2 / 2 + ..., and 1e-20 is nothing beside 1.
    const small = [1e-20, -1e-20, 1e-9].map(Math.fround);
    expect(applied(...small)).toEqual(small);
    expect(applied(1e-4)[0]).toBe(Math.fround(Math.fround(1e-4) - Math.fround(1e-4) ** 2 / 2));
    expect(applied(3.4e38, -Infinity)).toEqual([Math.fround(Math.log(3.4e38)), -Infinity]);
    expect(applied(Number.NaN)).toEqual([Number.NaN]);
  });

  test("leaves a feature alone whose constant is 0", () => {
    const arena = Float32Array.from([5, 5]);
    log.apply(arena, 0, 2, Float32Array.from([7, 0, 1]), 1);
    expect([...arena]).toEqual([5, Math.fround(Math.log(6))]);
  });
});
