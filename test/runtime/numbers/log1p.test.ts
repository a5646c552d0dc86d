import {describe, expect, test} from "vitest";
import {log} from "../../../runtime/numbers/log.js";
import {log1p} from "../../../runtime/numbers/log1p.js";
import {drawer} from "../reference/draw.js";

describe("log1p", () => {
  test("keeps NaN, Infinity and both zeros, and is x itself where x is tiny", () => {
    for (const x of [Number.NaN, Infinity, 0, -0, Number.MIN_VALUE, 1e-300, 2 ** -60])
      expect(log1p(x)).toBe(x);
  });

  test("is the logarithm of 1 + x: ln 2 at 1, as large as log at the end of the doubles", () => {
    expect(log1p(1)).toBe(log(2));
    expect(log1p(Number.MAX_VALUE)).toBe(log(Number.MAX_VALUE));
  });

  test("is within a relative error of 2^-50 from 1e-20 to 1e38, where the logarithm of the rounded sum is far off", () => {
    const draw = drawer(8);
    let worst = 0;
    let worstOfPlain = 0;
    for (let n = 0; n < 10_000; n++) {
      const x = 10 ** (58 * draw() - 20);
      // Math.log1p is itself within 2^-52 in V8.
      worst = Math.max(worst, Math.abs(log1p(x) / Math.log1p(x) - 1));
      worstOfPlain = Math.max(worstOfPlain, Math.abs(log(1 + x) / Math.log1p(x) - 1));
    }
    expect(worst).toBeLessThan(2 ** -50);
    expect(worstOfPlain).toBe(1);
  });
});
