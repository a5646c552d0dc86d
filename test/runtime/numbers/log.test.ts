import {describe, expect, test} from "vitest";
import {exp} from "../../../runtime/numbers/exp.js";
import {log} from "../../../runtime/numbers/log.js";
import {drawer} from "../reference/draw.js";
import {errorOfLog} from "../reference/exact.js";

describe("log", () => {
  test("is 0 at 1, and -Infinity at both zeros", () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
  });

  test("gives NaN below 0 and for NaN, Infinity for Infinity", () => {
    expect(log(-Number.MIN_VALUE)).toBeNaN();
    expect(log(-1)).toBeNaN();
    expect(log(-Infinity)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
  });

  test("reaches from the smallest denormal to the largest double", () => {
    expect(log(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 12);
    expect(log(Number.MAX_VALUE)).toBeCloseTo(709.782712893384, 12);
    expect(log(2 ** -1022)).toBeCloseTo(-1022 * Math.LN2, 12);
  });

  test("is within 2^-52 plus 2^-51 of the logarithm, near 1, for probabilities and over the whole range", () => {
    const draw = drawer(3);
    const drawn = [
      () => draw(),
      () => 1 + (draw() - 0.5) * 2 ** (-50 * draw()),
      () => Math.exp(1400 * (draw() - 0.5)),
      () => Number.MIN_VALUE * Math.floor(1 + draw() * 2 ** (52 * draw())),
    ];
    for (let n = 0; n < 4000; n++) {
      const x = drawn[n % drawn.length]();
      const {logarithm, error} = errorOfLog(x, log(x));
      expect(error).toBeLessThanOrEqual(2 ** -52 + 2 ** -51 * Math.abs(logarithm));
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(2 ** -51 + 2 ** -50 * Math.abs(logarithm));
    }
  });

  test("undoes exp", () => {
    for (let x = -700; x < 700; x += 3.7) expect(log(exp(x))).toBeCloseTo(x, 11);
  });
});
