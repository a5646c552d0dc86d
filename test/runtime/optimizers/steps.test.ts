import {describe, expect, test} from "vitest";
import {Learner} from "../../../runtime/learner.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import type {Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {drawer, drawNumbers} from "../reference/draw.js";
import {gradientOf} from "../reference/network.js";
import {adam, gradientDescent, type ReferenceOptimizer} from "../reference/optimizers.js";
import {compileUnits, referenceOf, type Units} from "../small-model.js";

/**
 * A step rounds each parameter by up to 2^-25 of about 1, 3e-8, and its gradient by about as much: fifty steps stay
 * below 4e-6 when errors add up and don't grow. Adam divides by the gradient's own size, which makes rounding count
 * for more where gradients are small.
 */
const TOLERANCE = 2e-5;
const layers: Units = [
  [7, "sigmoid"],
  [3, "softmax"],
];
const STEPS = 50;

const cases: readonly {
  readonly name: "online-sgd" | "sgd" | "adam";
  readonly make: () => Optimizer;
  readonly reference: () => ReferenceOptimizer;
  readonly batch: number;
}[] = [
  {
    name: "online-sgd",
    make: () => new OnlineSgd({learningRate: 0.1}),
    reference: () => gradientDescent(0.1),
    batch: 1,
  },
  {name: "sgd", make: () => new Sgd({learningRate: 0.2}), reference: () => gradientDescent(0.2), batch: 4},
  {name: "adam", make: () => new Adam({learningRate: 0.01}), reference: () => adam(0.01), batch: 4},
  {name: "adam", make: () => new Adam(), reference: () => adam(0.001), batch: 1},
  {
    name: "adam",
    make: () => new Adam({learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3}),
    reference: () => adam(0.01, 0.5, 0.9, 1e-3),
    batch: 3,
  },
];

describe("fifty examples learned come out as in float64, the last partial batch with its own mean", () => {
  test.each(cases)("$name, batch $batch", ({name, make, reference, batch}) => {
    const {image, model} = compileUnits(5, layers, "crossEntropy", [name]);
    const learner = new Learner(model, image, make(), {batch});
    const {arena, plan} = learner.network;
    const parameters = arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
    const start = Array.from(parameters);
    const wanted = Array.from(parameters);
    const network = referenceOf(5, layers, "crossEntropy");
    const optimizer = reference();
    const draw = drawer(batch);
    let gradients: number[][] = [];
    const apply = () => {
      optimizer(
        wanted,
        wanted.map((_, k) => gradients.reduce((sum, g) => sum + g[k], 0) / gradients.length),
      );
      gradients = [];
    };
    for (let n = 0; n < STEPS; n++) {
      const input = drawNumbers(draw, 5, 2);
      const label = Math.floor(3 * draw());
      gradients.push(
        gradientOf(
          network,
          wanted,
          input,
          [0, 1, 2].map((k) => (k === label ? 1 : 0)),
        ),
      );
      if (gradients.length === batch) apply();
      learner.network.load(input);
      learner.learn(label);
      expect(learner.pending).toBe(gradients.length);
    }
    if (gradients.length > 0) apply();
    learner.update();
    wanted.forEach((value, k) => {
      expect(Math.abs(parameters[k] - value)).toBeLessThan(TOLERANCE);
    });
    expect(Math.max(...wanted.map((value, k) => Math.abs(value - start[k])))).toBeGreaterThan(0.01);
  });
});

describe("by hand", () => {
  /** parameters 1, 2; gradients 6, -3; then room for the states. */
  const arenaOf = (...states: number[]) => Float32Array.from([1, 2, 6, -3, ...states]);

  test("sgd goes the learning rate times the mean gradient down", () => {
    const arena = arenaOf();
    new Sgd({learningRate: 0.5}).update(arena, 0, 2, -1, 2, 3);
    expect([...arena]).toEqual([0, 2.5, 6, -3]);
  });

  test("Adam's first step is the learning rate against the gradient's sign, whatever its size", () => {
    const arena = arenaOf(0, 0, 0, 0);
    new Adam({learningRate: 0.25}).update(arena, 0, 2, 4, 2, 3);
    // Up to epsilon: 1e-7 of a gradient of 1.
    expect(arena[0]).toBeCloseTo(0.75, 6);
    expect(arena[1]).toBeCloseTo(2.25, 6);
    expect([...arena.subarray(4)]).toEqual([0.2, -0.1, 0.004, 0.001].map(Math.fround));
  });

  test("Adam keeps still where the gradient always was 0", () => {
    const arena = Float32Array.from([1, 0, 0, 0]);
    const adam = new Adam();
    for (let n = 0; n < 100; n++) adam.update(arena, 0, 1, 2, 1, 1);
    expect([...arena]).toEqual([1, 0, 0, 0]);
  });

  test("a learning rate set later counts from then on", () => {
    const arena = arenaOf();
    const sgd = new Sgd({learningRate: 0.5});
    sgd.learningRate = 1;
    sgd.update(arena, 0, 2, -1, 2, 3);
    expect([...arena]).toEqual([-1, 3, 6, -3]);
  });
});
