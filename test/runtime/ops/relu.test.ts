import {describe, expect, test} from "vitest";
import {relu} from "../../../runtime/ops/relu.js";
import {stepOf} from "./step.js";

describe("relu", () => {
  test("keeps what is above 0 and makes the rest 0, -0 included", () => {
    const {step, output} = stepOf(relu, {input: [1.5, -2, 0, -0, Infinity, -Infinity, 1e-45], outputs: 7});
    relu.forward(step);
    expect([...output]).toEqual([1.5, 0, 0, 0, Infinity, 0, Math.fround(1e-45)]);
  });

  test("keeps NaN, so that a network gone wrong shows it", () => {
    const {step, output} = stepOf(relu, {input: [Number.NaN, 1], outputs: 2});
    relu.forward(step);
    expect([...output]).toEqual([Number.NaN, 1]);
  });

  test("hands deltas back only where its output is above 0", () => {
    const {step, inputDelta} = stepOf(relu, {input: [3, 0, 1e-45], outputs: 3, outputDelta: [5, 7, -2]});
    relu.backward(step);
    expect([...inputDelta]).toEqual([5, 0, -2]);
  });
});
