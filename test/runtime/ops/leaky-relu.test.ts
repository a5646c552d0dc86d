import {describe, expect, test} from "vitest";
import {leakyRelu} from "../../../runtime/ops/leaky-relu.js";
import {stepOf} from "./step.js";

describe("leakyRelu", () => {
  test("keeps what is above 0 and takes a hundredth of the rest", () => {
    const {step, output} = stepOf(leakyRelu, {input: [1.5, -200, 0, -0, Infinity, -Infinity], outputs: 6});
    leakyRelu.forward(step);
    expect([...output]).toEqual([1.5, -2, 0, -0, Infinity, -Infinity]);
  });

  test("keeps NaN, so that a network gone wrong shows it", () => {
    const {step, output} = stepOf(leakyRelu, {input: [Number.NaN, 1], outputs: 2});
    leakyRelu.forward(step);
    expect([...output]).toEqual([Number.NaN, 1]);
  });

  test("hands deltas back whole where its output is above 0, and a hundredth of them elsewhere", () => {
    const {step, inputDelta} = stepOf(leakyRelu, {
      input: [3, -0.5, 0, 1e-45],
      outputs: 4,
      outputDelta: [5, 700, -200, -2],
    });
    leakyRelu.backward(step);
    expect([...inputDelta]).toEqual([5, 7, -2, -2]);
  });
});
