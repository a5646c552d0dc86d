import {describe, expect, test} from "vitest";
import {dense} from "../../../runtime/ops/dense.js";
import {bitsOf, drawer, drawNumbers} from "../reference/draw.js";
import {FENCE, stepOf} from "./step.js";

/** Two units on three inputs: unit 0 has weights 1 2 3 and bias 10, unit 1 has 4 5 6 and bias 20. */
const parameters = [1, 2, 3, 4, 5, 6, 10, 20];

describe("dense, by hand", () => {
  test("adds bias and weighted inputs", () => {
    const {step, output} = stepOf(dense, {input: [1, 10, 100], outputs: 2, parameters});
    dense.forward(step);
    expect([...output]).toEqual([10 + 1 + 20 + 300, 20 + 4 + 50 + 600]);
  });

  test("adds to the batch's gradients, and hands deltas back through the weights", () => {
    const gradients = [100, 0, 0, 0, 0, 0, 0, 1000];
    const {step, ...parts} = stepOf(dense, {
      input: [1, 10, 100],
      outputs: 2,
      parameters,
      gradients,
      outputDelta: [2, -1],
    });
    dense.addGradients?.(step);
    dense.backward(step);
    expect([...parts.gradients]).toEqual([102, 20, 200, -1, -10, -100, 2, 999]);
    expect([...parts.inputDelta]).toEqual([2 * 1 - 4, 2 * 2 - 5, 2 * 3 - 6]);
    expect([...parts.parameters]).toEqual(parameters);
  });

  test("learns in place, with deltas handed back through the weights as they were", () => {
    const {step, ...parts} = stepOf(dense, {
      input: [1, 10, 100],
      outputs: 2,
      parameters,
      outputDelta: [2, -1],
    });
    dense.learn?.(step, 0.5);
    expect([...parts.parameters]).toEqual([1 - 1, 2 - 10, 3 - 100, 4.5, 10, 56, 9, 20.5]);
    expect([...parts.inputDelta]).toEqual([-2, -1, 0]);
  });

  test("leaves the input deltas alone when nothing before it learns", () => {
    const numbers = {input: [1, 10, 100], outputs: 2, parameters, outputDelta: [2, -1], isFirst: true};
    const backward = stepOf(dense, {...numbers, gradients: new Array(8).fill(0)});
    dense.addGradients?.(backward.step);
    dense.backward(backward.step);
    const learn = stepOf(dense, numbers);
    dense.learn?.(learn.step, 0.5);
    expect([...backward.inputDelta, ...learn.inputDelta]).toEqual(new Array(6).fill(FENCE));
  });

  test("counts a weight for each pair and a bias for each unit", () => {
    expect(dense.parameterCount(3, 2)).toBe(8);
    expect(dense.parameterCount(24, 16) + dense.parameterCount(16, 3)).toBe(451);
  });
});

/**
 * The contract: sums in double, indices ascending, forward from the bias with one rounding; backward from 0, rounded behind
 * each eight outputs, and behind each of those that no eight are left of.
 */
describe("dense gives the contract's very bits for all sizes to 9 x 30", () => {
  const sizes = Array.from({length: 270}, (_, k) => [1 + (k % 9), 1 + Math.floor(k / 9)] as const);

  function drawn(inputs: number, outputs: number) {
    const draw = drawer(inputs * 100 + outputs);
    const count = (inputs + 1) * outputs;
    return {
      input: drawNumbers(draw, inputs, 3),
      parameters: drawNumbers(draw, count),
      gradients: drawNumbers(draw, count),
      outputDelta: drawNumbers(draw, outputs),
      outputs,
    };
  }

  test("forward", () => {
    for (const [inputs, outputs] of sizes) {
      const numbers = drawn(inputs, outputs);
      const {step, arena, output} = stepOf(dense, numbers);
      const before = arena.slice();
      dense.forward(step);
      const wanted = before.slice();
      for (let j = 0; j < outputs; j++) {
        let sum = numbers.parameters[inputs * outputs + j];
        for (let i = 0; i < inputs; i++) sum += numbers.parameters[j * inputs + i] * numbers.input[i];
        wanted[step.outputAt + j] = sum;
      }
      expect(output).toHaveLength(outputs);
      expect(bitsOf(arena)).toEqual(bitsOf(wanted));
    }
  });

  test("backward", () => {
    for (const [inputs, outputs] of sizes) {
      const numbers = drawn(inputs, outputs);
      const {step, arena} = stepOf(dense, numbers);
      const wanted = arena.slice();
      dense.addGradients?.(step);
      dense.backward(step);
      for (let j = 0; j < outputs; j++) {
        const delta = numbers.outputDelta[j];
        for (let i = 0; i < inputs; i++)
          wanted[step.gradientsAt + j * inputs + i] += delta * numbers.input[i];
        wanted[step.gradientsAt + inputs * outputs + j] += delta;
      }
      for (let i = 0; i < inputs; i++) wanted[step.inputDeltaAt + i] = deltaOf(numbers, inputs, outputs, i);
      expect(bitsOf(arena)).toEqual(bitsOf(wanted));
    }
  });

  test("learn", () => {
    // No power of two, so that it matters which of rate, delta and input are multiplied first.
    const rate = 0.1;
    for (const [inputs, outputs] of sizes) {
      const {gradients: _, ...numbers} = drawn(inputs, outputs);
      const {step, arena} = stepOf(dense, numbers);
      const wanted = arena.slice();
      dense.learn?.(step, rate);
      for (let j = 0; j < outputs; j++) {
        const delta = numbers.outputDelta[j];
        for (let i = 0; i < inputs; i++)
          wanted[step.parametersAt + j * inputs + i] -= delta * (rate * numbers.input[i]);
        wanted[step.parametersAt + inputs * outputs + j] -= rate * delta;
      }
      for (let i = 0; i < inputs; i++) wanted[step.inputDeltaAt + i] = deltaOf(numbers, inputs, outputs, i);
      expect(bitsOf(arena)).toEqual(bitsOf(wanted));
    }
  });

  function deltaOf(
    {parameters, outputDelta}: {parameters: Float32Array; outputDelta: Float32Array},
    inputs: number,
    outputs: number,
    i: number,
  ): number {
    let stored = 0;
    for (let first = 0; first < outputs; ) {
      const end = first + 8 <= outputs ? first + 8 : first + 1;
      let sum = 0;
      for (let j = first; j < end; j++) sum += parameters[j * inputs + i] * outputDelta[j];
      stored = Math.fround(stored + sum);
      first = end;
    }
    return stored;
  }
});

test("a sum that float32 would lose survives in dense: 2^24 + 1 - 2^24 is 1", () => {
  const {step, output} = stepOf(dense, {
    input: [1, 1],
    outputs: 1,
    parameters: [1, -(2 ** 24), 2 ** 24],
  });
  dense.forward(step);
  expect(output[0]).toBe(1);
});

test("dense passes NaN and Infinity on to the units that see them", () => {
  const {step, output} = stepOf(dense, {
    input: [Number.NaN, Infinity],
    outputs: 5,
    parameters: [1, 0, 0, 1, 0, 0, 1, 1, 0, -1, 0, 0, 0, 0, 0],
  });
  dense.forward(step);
  expect([...output]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});
