import {describe, expect, test} from "vitest";
import {tanh} from "../../../runtime/ops/tanh.js";
import {stepOf} from "./step.js";

function tanhOf(...input: number[]): number[] {
  const {step, output} = stepOf(tanh, {input, outputs: input.length});
  tanh.forward(step);
  return [...output];
}

describe("tanh", () => {
  test("is 0 at 0, -0 at -0, and +-3/5 at +-ln 2", () => {
    expect(tanhOf(0, -0, Math.log(2), -Math.log(2))).toEqual([0, -0, Math.fround(0.6), Math.fround(-0.6)]);
  });

  test("ends in +-1, keeps the smallest float32 and NaN", () => {
    expect(tanhOf(1000, -1000, Infinity, -Infinity, Number.NaN)).toEqual([1, -1, 1, -1, Number.NaN]);
    expect(tanhOf(2 ** -149, -(2 ** -149))).toEqual([2 ** -149, -(2 ** -149)]);
  });

  test("multiplies deltas by 1 - y^2", () => {
    const {step, inputDelta} = stepOf(tanh, {
      input: [0.5, -0.25, 0, 1],
      outputs: 4,
      outputDelta: [8, 16, 3, 3],
    });
    tanh.backward(step);
    expect([...inputDelta]).toEqual([6, 15, 3, 0]);
  });
});
