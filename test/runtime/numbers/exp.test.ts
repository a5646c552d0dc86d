import {describe, expect, test} from "vitest";
import {exp} from "../../../runtime/numbers/exp.js";
import {drawer} from "../reference/draw.js";
import {relativeErrorOfExp} from "../reference/exact.js";

describe("exp", () => {
  test("is exact where the answer is a number one can write down", () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(5e-324)).toBe(1);
    expect(exp(-5e-324)).toBe(1);
    expect(exp(1)).toBeCloseTo(Math.E, 15);
    expect(exp(Math.LN2)).toBeCloseTo(2, 15);
  });

  test("gives NaN for NaN, Infinity and 0 at the two ends", () => {
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-Infinity)).toBe(0);
  });

  test("overflows just above 709.78 and reaches the largest numbers below", () => {
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(709.782712893384)).toBeGreaterThan(1.797693134862e308);
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
  });

  test("underflows to 0 just below -745.13, past the smallest denormal", () => {
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019412)).toBe(0);
  });

  test("is within a relative error of 2^-51 over its whole range, and Math.exp agrees", () => {
    const draw = drawer(1);
    const ranges = [1417, 40, 2, 0.01, 1e-9];
    let worst = 0;
    for (let n = 0; n < 4000; n++) {
      const x = ranges[n % ranges.length] * (draw() - 0.5);
      worst = Math.max(worst, relativeErrorOfExp(x, exp(x)));
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2 ** -50);
    }
    expect(worst).toBeLessThan(2 ** -51);
    // A reference that were wrong would show here: no double formula reaches exact values everywhere.
    expect(worst).toBeGreaterThan(2 ** -54);
  });

  test("is within 2^-52 where the series has most to add: around odd multiples of ln 2 / 2", () => {
    const draw = drawer(3);
    let worst = 0;
    for (let n = 0; n < 4000; n++) {
      const x = ((n % 40) - 19.5) * Math.LN2 + 0.02 * (draw() - 0.5);
      worst = Math.max(worst, relativeErrorOfExp(x, exp(x)));
    }
    expect(worst).toBeLessThan(2 ** -52);
  });

  test("rounds a denormal result at most to the neighbour of the nearest", () => {
    for (let x = -745.1; x < -708.4; x += 0.0137) {
      expect(Math.abs(exp(x) - Math.exp(x)) / Number.MIN_VALUE).toBeLessThanOrEqual(
        1 + (2 ** -50 * exp(x)) / Number.MIN_VALUE,
      );
    }
  });

  test("never falls from a number to the next that there is", () => {
    const draw = drawer(2);
    const x = new Float64Array(1);
    const bits = new BigInt64Array(x.buffer);
    for (let n = 0; n < 50_000; n++) {
      x[0] = 10 * (draw() - 0.5);
      const before = exp(x[0]);
      // Away from 0 in size.
      bits[0]++;
      const after = exp(x[0]);
      expect(x[0] > 0 ? after >= before : after <= before).toBe(true);
    }
  });

  test("never falls when x grows, over its whole range", () => {
    const draw = drawer(2);
    const xs = Float64Array.from({length: 20_000}, () => 1400 * (draw() - 0.5)).sort();
    for (let k = 1; k < xs.length; k++) expect(exp(xs[k]) >= exp(xs[k - 1])).toBe(true);
  });
});
