import {describe, expect, test} from "vitest";
import {Learner} from "../../../runtime/learner.js";
import {dense} from "../../../runtime/ops/dense.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {OnlineAdam} from "../../../runtime/optimizers/online-adam.js";
import {InverseTime} from "../../../runtime/schedules/inverse-time.js";
import {stepOf} from "../ops/step.js";
import {bitsOf, drawer, drawNumbers} from "../reference/draw.js";
import {learnOnline} from "../reference/online-adam.js";
import {compileLayers} from "../small-model.js";

/** A layer, with an arena that holds its parameters and right behind them both states. */
function layerOf(inputs: number, outputs: number, regularization = {}) {
  const learned = (inputs + 1) * outputs;
  const {step} = stepOf(dense, {
    input: new Float32Array(inputs),
    outputs,
    parameters: new Float32Array(3 * learned),
    outputDelta: new Float32Array(outputs),
    ...regularization,
  });
  const {arena, parametersAt, inputAt, outputDeltaAt} = step;
  return {
    step,
    places: {parametersAt, gradientsAt: -1, statesAt: parametersAt + learned, learned},
    numbers: arena.subarray(parametersAt, parametersAt + 3 * learned),
    input: arena.subarray(inputAt, inputAt + inputs),
    outputDelta: arena.subarray(outputDeltaAt, outputDeltaAt + outputs),
  };
}

test("the first step is the learning rate against the gradient's sign, whatever its size", () => {
  const {step, places, numbers, input, outputDelta} = layerOf(2, 1);
  numbers.set([1, 2, 3]);
  input.set([4, -0.5]);
  outputDelta.set([2]);
  const optimizer = new OnlineAdam({learningRate: 0.25, beta2: 0.75});
  optimizer.begin();
  optimizer.learnRows(step, places, 0.25, 0, 1);
  // Gradients 8, -1 and 2; up to epsilon, 1e-7 of a gradient of 1. m is half the gradient, as sqrt(1 - beta2) is, in units
  // of 2^-16; v the square of that.
  const wanted = [0.75, 2.25, 2.75];
  wanted.forEach((value, k) => {
    expect(numbers[k]).toBeCloseTo(value, 6);
  });
  expect([...numbers.subarray(3)]).toEqual(
    [4, -0.5, 1].map((mean) => mean * 2 ** -16).concat([16, 0.25, 1].map((square) => square * 2 ** -32)),
  );
});

test("what never had a gradient keeps still, however small epsilon is", () => {
  for (const epsilon of [1e-7, Number.MIN_VALUE]) {
    const {step, places, numbers} = layerOf(3, 9);
    numbers.fill(1, 0, places.learned);
    const before = bitsOf(numbers);
    const optimizer = new OnlineAdam({epsilon});
    for (let n = 0; n < 100; n++) {
      optimizer.begin();
      optimizer.learnRows(step, places, 0.1, 0, 9);
    }
    expect(bitsOf(numbers)).toEqual(before);
  }
});

describe("a layer learns to the bit as the numbers contract says", () => {
  const none = {l1: 0, l2: 0, biasL1: 0, biasL2: 0};
  const penalty = {l1: 0.01, l2: 0.03, biasL1: 0.02, biasL2: 0.04};
  // 21 rows: two times eight, and five that no eight is left of.
  test.each([
    ["21 rows", 21, undefined],
    ["3 rows", 3, undefined],
    ["21 rows with a penalty", 21, penalty],
  ])("%s", (_title, outputs, regularization) => {
    const inputs = 5;
    const hyperparameters = {learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-5};
    const layer = layerOf(inputs, outputs, regularization && {regularization});
    const {step, places, numbers, input, outputDelta} = layer;
    const {learned} = places;
    const draw = drawer(outputs);
    numbers.set(drawNumbers(draw, learned));
    const zeros = () => Array.from({length: learned}, () => 0);
    const reference = {
      inputs,
      outputs,
      parameters: [...numbers.subarray(0, learned)],
      m: zeros(),
      v: zeros(),
    };
    const {l1, l2, biasL1, biasL2} = regularization ?? none;
    const slope = (p: number, isWeight: boolean) =>
      2 * (isWeight ? l2 : biasL2) * p + Math.sign(p) * (isWeight ? l1 : biasL1);
    const optimizer = new OnlineAdam(hyperparameters);
    for (let t = 1; t <= 60; t++) {
      input.set(drawNumbers(draw, inputs, 3));
      // Gradients of 0 now and then, as behind a ReLU.
      outputDelta.set(drawNumbers(draw, outputs).map((delta) => (delta > 0.6 ? 0 : delta)));
      learnOnline(reference, input, outputDelta, {...hyperparameters, slope}, t);
      optimizer.begin();
      // In two slices, which cut the rows elsewhere each time.
      optimizer.learnRows(step, places, hyperparameters.learningRate, 0, t % outputs);
      optimizer.learnRows(step, places, hyperparameters.learningRate, t % outputs, outputs);
    }
    const {parameters, m, v} = reference;
    expect(bitsOf(numbers)).toEqual(bitsOf(Float32Array.from([...parameters, ...m, ...v])));
  });
});

/**
 * Both are within rounding of the same float64 numbers: a step rounds each parameter of about 1 by 2^-25 and each moment
 * by a share of 2^-24, which moves a step of 0.01 by less than that. Two hundred steps: 2 * 200 * 2^-25 where they add up and
 * don't grow.
 */
const TOLERANCE = 1.2e-5;

describe("a network learns as with Adam and a batch of 1, but for rounding", () => {
  const penalties = {l1: 0.001, l2: 0.01, biasL2: 0.02};
  test.each([
    ["plain", {}, {}],
    ["penalties", penalties, {}],
    [
      "dropout, guard and a schedule",
      {dropout: 0.3},
      {guard: true, schedule: new InverseTime({decay: 0.01})},
    ],
    ["the last two layers alone", {}, {layers: 2}],
  ])("%s", (_title, layer, options) => {
    const layers = [
      {type: "dense" as const, units: 19, activation: "tanh" as const, ...layer},
      {type: "dense" as const, units: 9, activation: "sigmoid" as const, ...layer},
      {type: "dense" as const, units: 3, activation: "softmax" as const},
    ];
    const ways = (["adam", "online-adam"] as const).flatMap((optimizer) => [
      optimizer,
      {optimizer, layers: 2},
    ]);
    const {image, model} = compileLayers(5, layers, "crossEntropy", ways);
    const learners = [
      new Learner(model, image, new Adam({learningRate: 0.01}), options),
      new Learner(model, image, new OnlineAdam({learningRate: 0.01}), options),
    ];
    const draw = drawer(4);
    const parametersOf = ({network: {arena, plan}}: Learner) => arena.slice(plan.parametersAt, plan.learned);
    const start = parametersOf(learners[0]);
    for (let n = 0; n < 200; n++) {
      const input = drawNumbers(draw, 5, 2);
      for (const learner of learners) {
        learner.network.load(input);
        learner.learn(n % 3);
      }
    }
    const [wanted, given] = learners.map(parametersOf);
    given.forEach((value, k) => {
      expect(Math.abs(value - wanted[k])).toBeLessThan(TOLERANCE);
    });
    expect(Math.max(...given.map((value, k) => Math.abs(value - start[k])))).toBeGreaterThan(0.1);
    expect(learners.map(({updates}) => updates)).toEqual([200, 200]);
  });
});

test("restoreBest() and reset() forget both moments and how many examples there were", () => {
  const {image, model} = compileLayers(
    3,
    [{type: "dense", units: 9, activation: "softmax"}],
    "crossEntropy",
    ["online-adam"],
  );
  const make = () => new Learner(model, image, new OnlineAdam(), {keepBest: true});
  const learn = (learner: Learner, count: number) => {
    const draw = drawer(5);
    for (let n = 0; n < count; n++) {
      learner.network.load(drawNumbers(draw, 3));
      learner.learn(n % 9);
    }
    const {arena, plan} = learner.network;
    return bitsOf(arena.slice(plan.parametersAt, plan.parametersAt + plan.learned));
  };
  const wanted = learn(make(), 20);
  const reset = make();
  learn(reset, 7);
  reset.reset();
  expect(learn(reset, 20)).toEqual(wanted);
  const restored = make();
  restored.keepBest();
  learn(restored, 7);
  restored.restoreBest();
  expect(learn(restored, 20)).toEqual(wanted);
});
