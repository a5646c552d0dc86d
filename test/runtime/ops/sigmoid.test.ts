import {describe, expect, test} from "vitest";
import {sigmoid} from "../../../runtime/ops/sigmoid.js";
import {stepOf} from "./step.js";

function sigmoidOf(...input: number[]): number[] {
  const {step, output} = stepOf(sigmoid, {input, outputs: input.length});
  sigmoid.forward(step);
  return [...output];
}

describe("sigmoid", () => {
  test("is 1/2 at 0 and at -0, and 3/4 at ln 3", () => {
    expect(sigmoidOf(0, -0, Math.log(3), -Math.log(3))).toEqual([0.5, 0.5, 0.75, 0.25]);
  });

  test("ends in 0 and 1 without overflow", () => {
    expect(sigmoidOf(1000, -1000, Infinity, -Infinity)).toEqual([1, 0, 1, 0]);
  });

  test("keeps far negative inputs apart, where 1 - sigmoid(-x) would give 0", () => {
    expect(sigmoidOf(-80)[0]).toBe(Math.fround(Math.exp(-80)));
  });

  test("keeps NaN", () => {
    expect(sigmoidOf(Number.NaN, 0)).toEqual([Number.NaN, 0.5]);
  });

  test("is the formula rounded to float32 everywhere", () => {
    for (let x = -87; x < 87; x += 0.37) {
      const exact = 1 / (1 + Math.exp(-Math.fround(x)));
      // Two roundings in double before that to float32 may choose the other neighbour.
      expect(Math.abs(sigmoidOf(x)[0] / exact - 1)).toBeLessThan(2 ** -24 + 2 ** -48);
    }
  });

  test("multiplies deltas by y (1 - y)", () => {
    const {step, inputDelta} = stepOf(sigmoid, {
      input: [0.5, 0.25, 0, 1],
      outputs: 4,
      outputDelta: [8, 16, 3, 3],
    });
    sigmoid.backward(step);
    expect([...inputDelta]).toEqual([2, 3, 0, 0]);
  });
});
