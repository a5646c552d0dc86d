import {describe, expect, test} from "vitest";
import {tanh} from "../../../runtime/numbers/tanh.js";
import {drawer} from "../reference/draw.js";
import {relativeErrorOfTanh} from "../reference/exact.js";

describe("tanh", () => {
  test("keeps NaN and both zeros, and is x itself where x is tiny", () => {
    expect(tanh(Number.NaN)).toBeNaN();
    expect(tanh(0)).toBe(0);
    expect(tanh(-0)).toBe(-0);
    for (const x of [Number.MIN_VALUE, 2 ** -1022, 1e-300, 1e-20, 1e-9]) {
      expect(tanh(x)).toBe(x);
      expect(tanh(-x)).toBe(-x);
    }
  });

  test("saturates at +-1 from 19.0616 on, and not before", () => {
    for (const x of [19.0616, 22, 400, 1e308, Infinity]) {
      expect(tanh(x)).toBe(1);
      expect(tanh(-x)).toBe(-1);
    }
    expect(tanh(19.06)).toBe(1 - 2 ** -53);
  });

  test("is within a relative error of 2^-52 from 1e-12 to saturation, and Math.tanh agrees", () => {
    const draw = drawer(6);
    const ranges = [40, 4, 2.2, 1, 1e-2, 1e-6, 1e-12];
    let worst = 0;
    let apart = 0;
    for (let n = 0; n < 7000; n++) {
      const x = ranges[n % ranges.length] * (draw() - 0.5);
      worst = Math.max(worst, relativeErrorOfTanh(x, tanh(x)));
      apart = Math.max(apart, Math.abs(tanh(x) / Math.tanh(x) - 1));
    }
    expect(worst).toBeLessThan(2 ** -52);
    // A reference that were wrong would show here: no double formula reaches exact values everywhere.
    expect(worst).toBeGreaterThan(2 ** -54);
    // Two errors, one of each.
    expect(apart).toBeLessThanOrEqual(2 ** -51);
  });

  test("has no step where the fraction gives way to the exponential, at +-0.75", () => {
    for (const x of [0.75 - 2 ** -53, 0.75, 0.75 + 2 ** -53]) {
      expect(relativeErrorOfTanh(x, tanh(x))).toBeLessThan(2 ** -52);
      expect(tanh(-x)).toBe(-tanh(x));
    }
  });
});
