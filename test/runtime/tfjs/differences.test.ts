import {scalar, type Optimizer as TfjsOptimizer, train, variable} from "@tensorflow/tfjs-core";
import {describe, expect, test} from "vitest";
import {AdaGrad} from "../../../runtime/optimizers/adagrad.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {Momentum} from "../../../runtime/optimizers/momentum.js";
import type {Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {RmsProp} from "../../../runtime/optimizers/rmsprop.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {drawer} from "../reference/draw.js";
import {learnBatch, makeTwins, parametersOf, type TwinSource} from "./twins.js";

/** Of one parameter that starts at 0. @returns how far each gradient took it down */
function ourSteps(optimizer: Optimizer, gradients: readonly number[]): number[] {
  const places = {parametersAt: 0, gradientsAt: 1, statesAt: 2, learned: 1};
  const arena = new Float32Array(2 + optimizer.states);
  return gradients.map((gradient) => {
    const before = arena[0];
    arena[1] = gradient;
    optimizer.begin?.();
    optimizer.update?.(arena, places, 0, 1, optimizer.learningRate, 1);
    return before - arena[0];
  });
}

/** The same for an optimizer of TensorFlow.js. */
function theirSteps(optimizer: TfjsOptimizer, gradients: readonly number[]): number[] {
  const parameter = variable(scalar(0));
  return gradients.map((gradient) => {
    const before = parameter.dataSync()[0];
    optimizer.applyGradients([{name: parameter.name, tensor: scalar(gradient)}]);
    return before - parameter.dataSync()[0];
  });
}

/** A few roundings to float32 of numbers of about 1. */
const ROUNDING = 2 ** -21;

function expectSteps(steps: readonly number[], wanted: readonly number[]): void {
  steps.forEach((step, k) => {
    expect(Math.abs(step / wanted[k] - 1)).toBeLessThan(ROUNDING);
  });
}

describe("AdaGrad", () => {
  const gradients = [10, 0.1, 0.001];

  test("begins with squares of 0, theirs with 0.1: our first step is the rate whatever the gradient", () => {
    for (const g of gradients) {
      expectSteps(ourSteps(new AdaGrad({learningRate: 1, epsilon: 1e-12}), [g]), [1]);
      expectSteps(theirSteps(train.adagrad(1), [g]), [g / Math.sqrt(0.1 + g * g + 1e-7)]);
    }
  });

  test("has epsilon outside the root, theirs a 1e-7 inside: told to begin with 0 too, it differs by that alone", () => {
    for (const g of gradients) {
      expectSteps(ourSteps(new AdaGrad({learningRate: 1, epsilon: 1e-7}), [g]), [g / (g + 1e-7)]);
      expectSteps(theirSteps(train.adagrad(1, 0), [g]), [g / Math.sqrt(g * g + 1e-7)]);
    }
    // 5 % less where a gradient is as small as 1e-3.
    expect(theirSteps(train.adagrad(1, 0), [0.001])[0]).toBeCloseTo(0.953, 3);
  });
});

describe("RMSProp", () => {
  test("has epsilon outside the root, theirs inside: a gradient of 1e-4 goes ten times as far with ours", () => {
    const v = 0.1 * 1e-4 ** 2;
    expectSteps(ourSteps(new RmsProp({learningRate: 1}), [1e-4]), [1e-4 / (Math.sqrt(v) + 1e-7)]);
    expectSteps(theirSteps(train.rmsprop(1, 0.9), [1e-4]), [1e-4 / Math.sqrt(v + 1e-7)]);
    expect(1e-4 / (Math.sqrt(v) + 1e-7)).toBeCloseTo(3.152, 3);
    expect(1e-4 / Math.sqrt(v + 1e-7)).toBeCloseTo(0.315, 3);
  });

  test("comes within rate / sqrt(1 - rho) * epsilon / sqrt(v) a step of theirs with epsilon squared", () => {
    // sqrt(v + e^2) lies between sqrt(v) and sqrt(v) + e, so that the two divisors differ by less than e: the steps
    // by less than rate |g| / sqrt(v) * e / sqrt(v). As v holds (1 - rho) g^2, |g| / sqrt(v) is at most 1 / sqrt(1 - rho).
    const [rate, rho, epsilon] = [0.01, 0.9, 0.03];
    const draw = drawer(3);
    const gradients = Array.from({length: 50}, () => (2 * draw() - 1) ** 3);
    const ours = ourSteps(new RmsProp({learningRate: rate, rho, epsilon}), gradients);
    const theirs = theirSteps(train.rmsprop(rate, rho, 0, epsilon ** 2), gradients);
    let v = 0;
    let most = 0;
    gradients.forEach((g, k) => {
      v = rho * v + (1 - rho) * g * g;
      const bound = ((rate / Math.sqrt(1 - rho)) * epsilon) / Math.sqrt(v);
      const difference = Math.abs(ours[k] - theirs[k]);
      expect(difference).toBeLessThan(bound + rate * ROUNDING);
      most = Math.max(most, difference / bound);
    });
    // The bound is no idle one.
    expect(most).toBeGreaterThan(0.2);
  });
});

describe("momentum", () => {
  test("has the rate inside v, theirs outside: once it is lowered, what ours holds runs out at the old rate", () => {
    // Gradients 1, 0 with gamma 0.5, at rate 1 and then at 0.25.
    const ours = new Momentum({learningRate: 1, gamma: 0.5});
    const theirs = train.momentum(1, 0.5);
    const parameter = variable(scalar(0));
    const arena = Float32Array.from([0, 1, 0]);
    const places = {parametersAt: 0, gradientsAt: 1, statesAt: 2, learned: 1};
    ours.update(arena, places, 0, 1, 1, 1);
    theirs.applyGradients([{name: parameter.name, tensor: scalar(1)}]);
    expect([arena[0], parameter.dataSync()[0]]).toEqual([-1, -1]);
    arena[1] = 0;
    ours.update(arena, places, 0, 1, 0.25, 1);
    theirs.setLearningRate(0.25);
    theirs.applyGradients([{name: parameter.name, tensor: scalar(0)}]);
    expect([arena[0], parameter.dataSync()[0]]).toEqual([-1.5, -1.125]);
  });
});

describe("Adam", () => {
  test("corrects with powers of the betas in double, theirs in float32: their first step is 6.4e-6 short", () => {
    expectSteps(ourSteps(new Adam({learningRate: 1}), [1]), [1 / (1 + 1e-7)]);
    // 1 - 0.999 comes out as 0.00099998713 of float32 numbers, and the root of that counts.
    const short = Math.sqrt((1 - Math.fround(0.999)) / 0.001);
    expectSteps(theirSteps(train.adam(1), [1]), [short]);
    expect(1 - short).toBeCloseTo(6.4e-6, 7);
  });
});

/** Both learn one example of one input, 1, by gradient descent at a rate of 0.5. */
async function learnOnce(
  layer: TwinSource["layers"][number],
  loss: TwinSource["loss"],
  start: readonly number[],
  target: readonly number[],
) {
  const twins = makeTwins(
    {
      inputs: 1,
      layers: [layer],
      loss,
      learn: "sgd",
      optimizer: new Sgd({learningRate: 0.5}),
      tfjsOptimizer: train.sgd(0.5),
    },
    start,
  );
  const losses = await learnBatch(twins, [{input: [1], target}]);
  return {losses, ours: [...twins.parameters], theirs: [...parametersOf(twins.model)]};
}

describe("where a loss has a kink, its slope", () => {
  test("is 0 for an absolute error of 0, theirs -1: ours keeps still where all is as wanted", async () => {
    const layer = {type: "dense", units: 1, activation: "linear"} as const;
    const {losses, ours, theirs} = await learnOnce(layer, "meanAbsoluteError", [2, 1], [3]);
    expect(losses).toEqual({ours: 0, tfjs: 0});
    expect(ours).toEqual([2, 1]);
    expect(theirs).toEqual([2.5, 1.5]);
  });

  test("is 0 for l1 of a parameter of 0, theirs -1: ours stays 0", async () => {
    const layer = {type: "dense", units: 1, activation: "linear", l1: 0.5, biasL1: 0.5} as const;
    const {ours, theirs} = await learnOnce(layer, "meanSquaredError", [0, 0], [0]);
    expect(ours).toEqual([0, 0]);
    expect(theirs).toEqual([0.25, 0.25]);
  });
});

describe("a cross-entropy of a probability that has come to 0", () => {
  test("still teaches; theirs is clipped at 1e-7, where the slope is 0, so that nothing is learned", async () => {
    const layer = {type: "dense", units: 2, activation: "softmax"} as const;
    const {losses, ours, theirs} = await learnOnce(layer, "crossEntropy", [0, 0, 64, -64], [0, 1]);
    expect(ours).toEqual([-0.5, 0.5, 63.5, -63.5]);
    expect(theirs).toEqual([0, 0, 64, -64]);
    // Ours is clipped at 2^-24.
    expect(losses.ours).toBeCloseTo(24 * Math.LN2, 6);
    expect(losses.tfjs).toBeCloseTo(-Math.log(1e-7), 5);
  });

  test("likewise for a single output, from both sides", async () => {
    const layer = {type: "dense", units: 1, activation: "sigmoid"} as const;
    const low = await learnOnce(layer, "binaryCrossEntropy", [0, -64], [1]);
    expect([low.ours, low.theirs]).toEqual([
      [0.5, -63.5],
      [0, -64],
    ]);
    const high = await learnOnce(layer, "binaryCrossEntropy", [0, 64], [0]);
    expect([high.ours, high.theirs]).toEqual([
      [-0.5, 63.5],
      [0, 64],
    ]);
    expect(high.losses.ours).toBeCloseTo(24 * Math.LN2, 6);
  });
});

test("cross-entropy takes probabilities as they are, theirs divides by their sum: three sigmoids of 1/2", async () => {
  const layer = {type: "dense", units: 3, activation: "sigmoid"} as const;
  const {losses, ours, theirs} = await learnOnce(layer, "crossEntropy", [0, 0, 0, 0, 0, 0], [1, 0, 0]);
  expect(losses.ours).toBeCloseTo(Math.LN2, 6);
  expect(losses.tfjs).toBeCloseTo(Math.log(3), 6);
  // At the rate 1/2 with a slope of 1/4 behind: of ours 2, of theirs 2 - 2/3, and -2/3 for the others.
  expect(ours.slice(3)).toEqual([0.25, 0, 0]);
  [1 / 6, -1 / 12, -1 / 12].forEach((bias, k) => {
    expect(theirs[3 + k]).toBeCloseTo(bias, 6);
  });
});
