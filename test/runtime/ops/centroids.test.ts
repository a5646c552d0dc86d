import {describe, expect, test} from "vitest";
import {centroids} from "../../../runtime/ops/centroids.js";
import {drawer, drawNumbers} from "../reference/draw.js";
import {stepOf} from "./step.js";

/** Centroids (0, 0) and (3, 4), which took 1 and 3 examples. */
const PARAMETERS = [0, 0, 3, 4, 1, 3];

describe("centroids", () => {
  test("give minus the squared distances: of (3, 0) -9 and -16", () => {
    const {step, output} = stepOf(centroids, {input: [3, 0], outputs: 2, parameters: PARAMETERS});
    centroids.forward(step);
    expect([...output]).toEqual([-9, -16]);
  });

  test("in slices give the same", () => {
    const {step, output} = stepOf(centroids, {input: [3, 0], outputs: 2, parameters: PARAMETERS});
    centroids.forward(step, 1, 2);
    centroids.forward(step, 0, 1);
    expect([...output]).toEqual([-9, -16]);
  });

  test("let the nearest take an example: its fourth moves it by a quarter of the way, nothing else moves", () => {
    const numbers = {input: [7, 0], outputs: 2, parameters: PARAMETERS, outputDelta: [0, -1]};
    const {step, parameters} = stepOf(centroids, numbers);
    centroids.learn?.(step, 0.001);
    expect([...parameters]).toEqual([0, 0, 4, 3, 1, 4]);
  });

  test("move by the learning rate where that is more than one part in the count", () => {
    const numbers = {input: [7, 0], outputs: 2, parameters: PARAMETERS, outputDelta: [0, -1]};
    const {step, parameters} = stepOf(centroids, numbers);
    centroids.learn?.(step, 0.5);
    expect([...parameters]).toEqual([0, 0, 5, 2, 1, 4]);
  });

  test("that took nothing yet take the first example's place", () => {
    const numbers = {input: [7, 1], outputs: 1, parameters: [0.3, -5, 0], outputDelta: [-1]};
    const {step, parameters} = stepOf(centroids, numbers);
    centroids.learn?.(step, 0.001);
    expect([...parameters]).toEqual([7, 1, 1]);
  });

  test("learn one unit at a time as all at once, and give the input deltas of before", () => {
    const draw = drawer(5);
    const parameters = [...drawNumbers(draw, 3 * 4), 1, 2, 5];
    const numbers = {input: drawNumbers(draw, 4), outputs: 3, parameters, outputDelta: [0, 0, -1]};
    const whole = stepOf(centroids, numbers);
    const slices = stepOf(centroids, numbers);
    const before = stepOf(centroids, numbers);
    centroids.learn?.(whole.step, 0.001);
    for (let i = 0; i < 5; i++) centroids.learn?.(slices.step, 0.001, i, i + 1);
    centroids.backward(before.step);
    expect(slices.arena).toEqual(whole.arena);
    expect(whole.inputDelta).toEqual(before.inputDelta);
    expect(whole.parameters).not.toEqual(before.parameters);
  });

  test("have gradients and input deltas that are the outputs' slopes, and counts have none", () => {
    const draw = drawer(6);
    const [inputs, outputs] = [3, 4];
    const parameters = Float32Array.from([...drawNumbers(draw, inputs * outputs), 1, 2, 3, 4]);
    const input = drawNumbers(draw, inputs);
    const outputDelta = drawNumbers(draw, outputs);
    const own = stepOf(centroids, {
      input,
      outputs,
      parameters,
      outputDelta,
      gradients: new Float32Array(parameters.length),
    });
    // stepOf fills gradients with its mark.
    own.gradients.fill(0);
    centroids.addGradients?.(own.step);
    centroids.backward(own.step);
    const weighted = (x: ArrayLike<number>, p: ArrayLike<number>) => {
      let sum = 0;
      for (let j = 0; j < outputs; j++)
        for (let i = 0; i < inputs; i++) sum -= outputDelta[j] * (x[i] - p[j * inputs + i]) ** 2;
      return sum;
    };
    // Central differences of a square have no error but rounding, 1e-16 / 1e-3; float32 stores add 2^-24 of about 4.
    const slope = (at: ArrayLike<number>, k: number, value: (moved: Float64Array) => number) => {
      const [above, below] = [1e-3, -1e-3].map((h) => {
        const moved = Float64Array.from(at);
        moved[k] += h;
        return value(moved);
      });
      return (above - below) / 2e-3;
    };
    parameters.forEach((_, k) => {
      const wanted = slope(parameters, k, (p) => weighted(input, p));
      expect(Math.abs(own.gradients[k] - wanted)).toBeLessThan(1e-6);
    });
    input.forEach((_, k) => {
      const wanted = slope(input, k, (x) => weighted(x, parameters));
      expect(Math.abs(own.inputDelta[k] - wanted)).toBeLessThan(1e-6);
    });
    expect([...own.gradients.subarray(inputs * outputs)]).toEqual([0, 0, 0, 0]);
  });
});
