import {describe, expect, test} from "vitest";
import {power, yeoJohnson} from "../../../runtime/preprocessing/power.js";

describe("power", () => {
  test.each([
    ["the square of x + 1 above 0 for lambda 2", 3, 2, (16 - 1) / 2],
    ["the root of x + 1 for lambda 0.5", 3, 0.5, (2 - 1) / 0.5],
    ["the inverse for lambda -1", 3, -1, (1 / 4 - 1) / -1],
    ["the logarithm for lambda 0", Math.E - 1, 0, 1],
    ["below 0 minus the logarithm of 1 - x for lambda 2", 1 - Math.E, 2, -1],
    ["below 0 minus the square of 1 - x for lambda 0", -3, 0, -(16 - 1) / 2],
    ["below 0 minus the power 1.5 of 1 - x for lambda 0.5", -3, 0.5, -(8 - 1) / 1.5],
    ["0 at 0", 0, 0.7, 0],
  ])("is %s", (_title, x, lambda, wanted) => {
    expect(yeoJohnson(x, lambda)).toBeCloseTo(wanted, 13);
  });

  test("goes into the logarithm without a step where lambda goes to 0, and 2 below 0", () => {
    for (const lambda of [1e-3, 1e-9, 1e-30]) {
      // The next term of the series is lambda ln(x + 1)^2 / 2.
      expect(Math.abs(yeoJohnson(9, lambda) - Math.log(10))).toBeLessThan(3 * lambda + 1e-15);
      expect(Math.abs(yeoJohnson(-9, 2 - lambda) + Math.log(10))).toBeLessThan(3 * lambda + 1e-15);
    }
  });

  test("changes no bit for lambda 1, and each feature by its own lambda, at its place and nowhere else", () => {
    const arena = Float32Array.from([9, 0.1, -0.1, 3e38, 1e-45, 3, 9]);
    power.apply(arena, 1, 5, Float32Array.from([9, 1, 1, 1, 1, 2]), 1);
    expect([...arena]).toEqual([...Float32Array.from([9, 0.1, -0.1, 3e38, 1e-45, 7.5, 9])]);
  });

  test("keeps small features' digits, and NaN", () => {
    expect(yeoJohnson(1e-20, 0.3)).toBe(1e-20);
    expect(yeoJohnson(-1e-20, 0.3)).toBe(-1e-20);
    expect(yeoJohnson(Number.NaN, 0.3)).toBeNaN();
  });
});
