import {describe, expect, test} from "vitest";
import {Learner} from "../../../runtime/learner.js";
import {Network} from "../../../runtime/network.js";
import {dropout} from "../../../runtime/ops/dropout.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import {Random} from "../../../runtime/random.js";
import {bitsOf, drawer, drawNumbers} from "../reference/draw.js";
import {compileLayers} from "../small-model.js";
import {stepOf} from "./step.js";

/** Random numbers that a test chooses. */
function chosen(...draws: readonly number[]): Random {
  let at = 0;
  return Object.assign(new Random(1), {uniform: () => draws[at++]});
}

test("dropout by hand: of rate 0.25, draws below it give 0, the others are divided by 0.75", () => {
  const {step, output, outputDelta, arena} = stepOf(dropout, {
    input: [3, 6, -9, 12],
    outputs: 4,
    outputDelta: [1, 1, -3, 3],
    constants: [0.25],
  });
  const around = bitsOf(arena);
  dropout.forwardLearning?.(step, chosen(0.25, 0.24, 0.999, 0));
  expect([...output]).toEqual([4, 0, -12, 0]);
  expect(step.views.words[step.maskAt]).toBe(0b0101);
  dropout.backward(step);
  expect([...outputDelta]).toEqual([1 / 0.75, 0, -4, 0].map(Math.fround));
  // What was kept is what the activation gave, for its own backward.
  expect([...output]).toEqual([3, 0, -9, 0]);
  // Nothing but these and the mask was written.
  const {outputAt, outputDeltaAt, maskAt} = step;
  const own = (k: number) =>
    k === maskAt || (k >= outputAt && k < outputAt + 4) || (k >= outputDeltaAt && k < outputDeltaAt + 4);
  expect(bitsOf(arena).filter((_, k) => !own(k))).toEqual(around.filter((_, k) => !own(k)));
});

test("dropout keeps one bit a value, in as many words as that takes", () => {
  for (const size of [1, 31, 32, 33, 64, 70]) {
    expect(dropout.maskSize?.(size)).toBe(Math.ceil(size / 32));
    const {step, output} = stepOf(dropout, {
      input: new Float32Array(size).fill(1),
      outputs: size,
      outputDelta: new Float32Array(size).fill(1),
      constants: [0.5],
    });
    dropout.forwardLearning?.(step, new Random(size));
    const bits = Array.from(
      {length: size},
      (_, j) => (step.views.words[step.maskAt + (j >> 5)] >>> (j & 31)) & 1,
    );
    expect(bits.map((bit) => 2 * bit)).toEqual([...output]);
    dropout.backward(step);
    const {arena, outputDeltaAt} = step;
    expect([...arena.subarray(outputDeltaAt, outputDeltaAt + size)]).toEqual(bits.map((bit) => 2 * bit));
  }
});

describe.each([0.1, 0.5, 0.9])("dropout of rate %d", (rate) => {
  test("drops that share of 20,000 values, within 5 standard errors, and keeps their mean", () => {
    const count = 20_000;
    const {step, output} = stepOf(dropout, {
      input: new Float32Array(count).fill(1),
      outputs: count,
      outputDelta: new Float32Array(count),
      constants: [rate],
    });
    dropout.forwardLearning?.(step, new Random(7));
    const dropped = output.filter((value) => value === 0).length / count;
    const error = Math.sqrt((rate * (1 - rate)) / count);
    expect(Math.abs(dropped - rate)).toBeLessThan(5 * error);
    // The mean is the share that was kept / (1 - rate), so that its error is the share's, scaled.
    const mean = output.reduce((sum, value) => sum + value, 0) / count;
    expect(Math.abs(mean - 1)).toBeLessThan((5 * error) / (1 - rate));
  });
});

test("dropout of rate 0 drops nothing and changes no bit", () => {
  const input = drawNumbers(drawer(1), 40);
  const {step, output} = stepOf(dropout, {input, outputs: 40, outputDelta: input, constants: [0]});
  dropout.forwardLearning?.(step, new Random(1));
  expect(bitsOf(output)).toEqual(bitsOf(input));
  dropout.backward(step);
  expect(bitsOf(output)).toEqual(bitsOf(input));
});

describe("a network with dropout", () => {
  const layers = (rate: number) => [
    {type: "dense" as const, units: 40, activation: "tanh" as const, dropout: rate},
    {type: "dense" as const, units: 2, activation: "softmax" as const},
  ];
  const {image, model} = compileLayers(3, layers(0.5), "crossEntropy", ["online-sgd"]);
  const make = (seed: number) => new Learner(model, image, new OnlineSgd({learningRate: 0.1}), {seed});
  const learn = (learner: Learner, count: number): number[] => {
    const draw = drawer(4);
    return Array.from({length: count}, (_, n) => {
      learner.network.load(drawNumbers(draw, 3));
      return learner.learn(n % 2);
    });
  };

  test("runs as if there were none, in inference and in a learner that predicts", () => {
    const plain = compileLayers(3, layers(0), "crossEntropy", []);
    const networks = [new Network(plain.model, plain.image), new Network(model, image), make(1).network];
    const outputs = networks.map((network) => {
      network.load([1, -2, 3]);
      network.predict();
      return bitsOf(network.output);
    });
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
  });

  test("draws nothing when it predicts, so that a validation in between changes no byte", () => {
    const [one, other] = [make(1), make(1)];
    learn(one, 20);
    other.network.load([3, 2, 1]);
    learn(other, 0);
    for (let n = 0; n < 7; n++) other.network.classify();
    learn(other, 20);
    expect(bitsOf(other.network.arena)).toEqual(bitsOf(one.network.arena));
  });

  test("learns the same bytes from the same seed, anew after a reset, and others from another", () => {
    const learner = make(5);
    const losses = learn(learner, 20);
    const bytes = bitsOf(learner.network.arena);
    expect(learn(make(5), 20)).toEqual(losses);
    learner.reset();
    expect(learn(learner, 20)).toEqual(losses);
    expect(bitsOf(learner.network.arena)).toEqual(bytes);
    expect(learn(make(6), 20)).not.toEqual(losses);
  });
});
