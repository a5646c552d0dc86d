import {describe, expect, test} from "vitest";
import {exp} from "../../../runtime/numbers/exp.js";
import {expm1} from "../../../runtime/numbers/expm1.js";
import {log1p} from "../../../runtime/numbers/log1p.js";
import {drawer} from "../reference/draw.js";

describe("expm1", () => {
  test("keeps NaN, Infinity and both zeros, and is x itself where x is tiny", () => {
    for (const x of [Number.NaN, Infinity, 0, -0, Number.MIN_VALUE, -1e-300, 2 ** -60])
      expect(expm1(x)).toBe(x);
  });

  test("is -1 from far below 0, and Infinity from far above", () => {
    for (const x of [-Infinity, -800, -40]) expect(expm1(x)).toBe(-1);
    expect(expm1(710)).toBe(Infinity);
    expect(expm1(1)).toBeCloseTo(Math.E - 1, 15);
  });

  test("is within a relative error of 2^-49 for both signs, where the exponential less 1 is far off", () => {
    const draw = drawer(9);
    let worst = 0;
    let worstOfPlain = 0;
    for (let n = 0; n < 10_000; n++) {
      const x = (n % 2 === 0 ? 1 : -1) * 10 ** (22.8 * draw() - 20);
      // Math.expm1 is itself within 2^-52 in V8.
      worst = Math.max(worst, Math.abs(expm1(x) / Math.expm1(x) - 1));
      worstOfPlain = Math.max(worstOfPlain, Math.abs((exp(x) - 1) / Math.expm1(x) - 1));
    }
    expect(worst).toBeLessThan(2 ** -49);
    expect(worstOfPlain).toBe(1);
  });

  test("undoes log1p", () => {
    for (let x = 1e-12; x < 1e12; x *= 7) expect(expm1(log1p(x)) / x).toBeCloseTo(1, 13);
  });
});
