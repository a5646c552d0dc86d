import {describe, expect, test} from "vitest";
import {softmax} from "../../../runtime/ops/softmax.js";
import {drawer, drawNumbers} from "../reference/draw.js";
import {stepOf} from "./step.js";

function softmaxOf(...input: number[]): number[] {
  const {step, output} = stepOf(softmax, {input, outputs: input.length});
  softmax.forward(step);
  return [...output];
}

describe("softmax", () => {
  test("shares 1 in the ratio of the exponentials: ln 1, ln 2, ln 5 give 1/8, 2/8, 5/8", () => {
    const shares = softmaxOf(0, Math.log(2), Math.log(5));
    expect(shares[0]).toBeCloseTo(0.125, 7);
    expect(shares[1]).toBeCloseTo(0.25, 7);
    expect(shares[2]).toBeCloseTo(0.625, 7);
  });

  test("shares equally among equals, whatever their size", () => {
    expect(softmaxOf(7, 7, 7, 7)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(softmaxOf(-1000, -1000)).toEqual([0.5, 0.5]);
    expect(softmaxOf(0, -0)).toEqual([0.5, 0.5]);
    expect(softmaxOf(42)).toEqual([1]);
  });

  test("neither overflows nor divides by 0 at +-1000 and at the ends of float32", () => {
    expect(softmaxOf(1000, -1000)).toEqual([1, 0]);
    expect(softmaxOf(-1000, 1000, 1000)).toEqual([0, 0.5, 0.5]);
    expect(softmaxOf(3.4e38, -3.4e38)).toEqual([1, 0]);
    expect(softmaxOf(5, -Infinity)).toEqual([1, 0]);
  });

  test("makes everything NaN of one NaN, and of an Infinity", () => {
    expect(softmaxOf(1, Number.NaN, 2)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(softmaxOf(1, Infinity)[1]).toBeNaN();
  });

  test("takes the maximum of the own example, not of the last one", () => {
    const {step, output} = stepOf(softmax, {input: [900, 900], outputs: 2});
    softmax.forward(step);
    output.set([-900, -900]);
    softmax.forward(step);
    expect([...output]).toEqual([0.5, 0.5]);
  });

  test("sums to 1 for 1 to 40 outputs", () => {
    const draw = drawer(4);
    for (let size = 1; size <= 40; size++) {
      const sum = softmaxOf(...drawNumbers(draw, size, 20)).reduce((all, y) => all + y, 0);
      // Each output is rounded by up to 2^-25 of itself, and so were the exponentials: in all about 2^-24 of 1.
      expect(Math.abs(sum - 1)).toBeLessThan(2 ** -23);
    }
  });

  test("hands back y (delta - sum of y delta)", () => {
    const {step, inputDelta} = stepOf(softmax, {
      input: [0.5, 0.25, 0.25],
      outputs: 3,
      outputDelta: [4, 8, 0],
    });
    softmax.backward(step);
    // The sum is 2 + 2 + 0 = 4.
    expect([...inputDelta]).toEqual([0, 1, -1]);
  });
});
