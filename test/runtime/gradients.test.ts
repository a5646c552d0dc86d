import {describe, expect, test} from "vitest";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import {Learner} from "../../runtime/learner.js";
import type {Model} from "../../runtime/model.js";
import type {Operator} from "../../runtime/ops/operator.js";
import {Sgd} from "../../runtime/optimizers/sgd.js";
import {drawer, drawNumbers} from "./reference/draw.js";
import {
  forward,
  gradientOf,
  lossOf,
  penaltyGradientOf,
  penaltyOf,
  type ReferenceLayer,
  type ReferenceNetwork,
} from "./reference/network.js";
import {compileLayers, referenceOf, type Units} from "./small-model.js";

/**
 * Finite differences of a float64 loss against the gradients in the arena. The difference is good to about
 * h^2 + 2^-52 / h, 1e-10; what is left are the roundings of activations, deltas and gradients to float32, 2^-24 each of
 * numbers of about 1: less than 2e-6 in all, where a wrong derivative would be off by 1e-2 and more. Where gradients are
 * larger than 1, all of that grows in proportion.
 */
const TOLERANCE = 2e-6;
const H = 1e-5;
const INPUTS = 4;
const EXAMPLES = 3;

const heads: readonly (readonly [Units[number], ReferenceNetwork["loss"]])[] = [
  [[3, "softmax"], "crossEntropy"],
  [[3, "sigmoid"], "crossEntropy"],
  [[3, "sigmoid"], "binaryCrossEntropy"],
  [[1, "sigmoid"], "binaryCrossEntropy"],
  [[3, "softmax"], "binaryCrossEntropy"],
  ...(["meanSquaredError", "meanAbsoluteError"] as const).flatMap((loss) =>
    (["softmax", "sigmoid", "tanh", "relu", "leakyRelu", "linear"] as const).map(
      (activation) => [[3, activation], loss] as const,
    ),
  ),
];
const bodies: readonly Units[] = [
  [],
  [[5, "relu"]],
  [[5, "leakyRelu"]],
  [[5, "sigmoid"]],
  [[5, "tanh"]],
  [[5, "linear"]],
  [
    [6, "relu"],
    [5, "sigmoid"],
  ],
  [
    [6, "tanh"],
    [5, "leakyRelu"],
  ],
];
const cases = heads.flatMap(([head, loss]) =>
  bodies.map((body) => {
    const layers = [...body, head];
    const title = `${layers.map(([units, activation]) => `${units} ${activation}`).join(", ")}, ${loss}`;
    return {title, layers, loss};
  }),
);

type Extras = Pick<ReferenceLayer, "l1" | "l2" | "biasL1" | "biasL2"> & {readonly dropout?: number};

/** Powers of two, which the image's float32 holds exactly. */
const regularizers: readonly (readonly [string, Extras])[] = [
  ["nothing beside", {}],
  ["l1", {l1: 0.03125}],
  ["l2", {l2: 0.015625}],
  ["penalties on the biases", {biasL1: 0.0625, biasL2: 0.03125}],
  ["all penalties and dropout", {l1: 0.015625, l2: 0.03125, biasL1: 0.0625, biasL2: 0.125, dropout: 0.4}],
];

describe.each(regularizers)("gradients are the slopes of the loss: %s", (_title, extras) => {
  test.each(cases)("$title", ({layers, loss}) => {
    const seed = layers.length * 10 + loss.length;
    // Seeds in order, until one draws no number at a kink, where there is no slope.
    const tries = Array.from({length: 30}, (_, k) => seed + k);
    expect(tries.some((one) => compare(layers, loss, extras, one))).toBe(true);
  });
});

/** @returns false, with nothing compared, when some number lies too near to a kink */
function compare(layers: Units, loss: ReferenceNetwork["loss"], extras: Extras, seed: number): boolean {
  const draw = drawer(seed);
  const {dropout, ...penalties} = extras;
  const described: DescriptionSource["layers"] = layers.map(([units, activation], k) => ({
    type: "dense",
    units,
    activation,
    ...penalties,
    ...(k < layers.length - 1 && dropout ? {dropout} : {}),
  }));
  const {image, model} = compileLayers(INPUTS, described, loss, ["sgd"], 3);
  const masks: boolean[][] = [];
  // A batch that never fills, so that no update takes the gradients away before they are looked at.
  const options = {batch: EXAMPLES + 1, seed};
  const learner = new Learner(withMasks(model, masks), image, new Sgd({learningRate: 1}), options);
  const {arena, plan} = learner.network;
  const parameters = arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
  parameters.set(drawNumbers(draw, parameters.length, 0.8));
  const before = Float64Array.from(parameters);
  const gradients = arena.subarray(plan.gradientsAt, plan.gradientsAt + plan.learned);
  const wanted = new Float64Array(parameters.length);
  const byFormula = new Float64Array(parameters.length);
  const size = layers[layers.length - 1][0];
  const plain = referenceOf(INPUTS, layers, loss);
  const penalized = {...plain, layers: plain.layers.map((layer) => ({...layer, ...penalties}))};
  for (let n = 0; n < EXAMPLES; n++) {
    const input = drawNumbers(draw, INPUTS, 2);
    const target = targetOf(n);
    learner.network.input.set(input);
    learner.target.set(target);
    masks.length = 0;
    const value = learner.learnTarget();
    const reference = {...penalized, layers: penalized.layers.map(withFactors)};
    if (!farFromKinks(reference, before, input, target)) return false;
    const total = lossOf(reference, before, input, target) + penaltyOf(reference, before);
    expect(Math.abs(value - total)).toBeLessThan(TOLERANCE * Math.max(1, total));
    expect(learner.penalty).toBeCloseTo(penaltyOf(reference, before), 12);
    gradientOf(reference, before, input, target).forEach((g, k) => {
      byFormula[k] += g;
      wanted[k] += slope((moved) => lossOf(reference, moved, input, target), before, k);
    });
  }
  const largest = Math.max(...wanted.map(Math.abs));
  for (let k = 0; k < parameters.length; k++) {
    // The second implementation first: a defect in the differences themselves would show there.
    expect(Math.abs(byFormula[k] - wanted[k])).toBeLessThan(1e-8 * Math.max(1, largest));
    expect(Math.abs(gradients[k] - wanted[k])).toBeLessThan(TOLERANCE * Math.max(1, largest));
  }
  expect(largest).toBeGreaterThan(0.05);

  // A rate of 1 takes the mean gradient off the parameters, the penalty's included.
  learner.update();
  const byPenalty = penaltyGradientOf(penalized, before);
  before.forEach((start, k) => {
    const slopeOfPenalty = slope((moved) => penaltyOf(penalized, moved), before, k);
    expect(Math.abs(byPenalty[k] - slopeOfPenalty)).toBeLessThan(1e-8);
    const step = wanted[k] / EXAMPLES + slopeOfPenalty;
    expect(Math.abs(start - parameters[k] - step)).toBeLessThan(TOLERANCE * Math.max(1, largest));
  });
  return true;

  function targetOf(n: number): number[] {
    const draws = Array.from({length: size}, () => draw());
    if (loss === "crossEntropy") return draws.map((_, k) => (k === n ? 1 : 0));
    return loss === "binaryCrossEntropy" ? draws : draws.map((value) => 2 * value - 1);
  }

  function withFactors(layer: ReferenceLayer, k: number): ReferenceLayer {
    const mask = masks[k];
    if (mask === undefined) return layer;
    return {...layer, factors: mask.map((kept) => (kept ? 1 / (1 - Math.fround(dropout ?? 0)) : 0))};
  }
}

/** The same model, whose dropout notes what it keeps, read from the mask in the arena. */
function withMasks(model: Model, masks: boolean[][]): Model {
  const noting = (dropout: Operator): Operator => ({
    ...dropout,
    forwardLearning(step, random) {
      dropout.forwardLearning?.(step, random);
      const {views, maskAt, outputSize} = step;
      const bit = (j: number) => ((views.words[maskAt + (j >> 5)] >>> (j & 31)) & 1) === 1;
      masks.push(Array.from({length: outputSize}, (_, j) => bit(j)));
    },
  });
  const operators = model.operators.map((one) => (one.name === "dropout" ? noting(one) : one));
  return {...model, operators};
}

function slope(of: (parameters: Float64Array) => number, parameters: Float64Array, k: number): number {
  const moved = Float64Array.from(parameters);
  moved[k] = parameters[k] + H;
  const above = of(moved);
  moved[k] = parameters[k] - H;
  return (above - of(moved)) / (2 * H);
}

/** A rectifier has no slope at 0, nor has a size: no sum, error or parameter may be as near to it as a difference goes. */
function farFromKinks(
  reference: ReferenceNetwork,
  parameters: Float64Array,
  input: Float32Array,
  target: ArrayLike<number>,
): boolean {
  const {layers, loss} = reference;
  const output = forward(reference, parameters, input)[layers.length];
  if (loss === "meanAbsoluteError" && output.some((y, j) => Math.abs(y - target[j]) < 1e-3)) return false;
  if (parameters.some((p) => Math.abs(p) < 2 * H)) return false;
  return layers.every((layer, k) => {
    if (layer.activation !== "relu" && layer.activation !== "leakyRelu") return true;
    const sums = {...layer, activation: "linear" as const, factors: layer.factors?.map(() => 1) ?? []};
    const linear = {...reference, layers: layers.map((own, index) => (index === k ? sums : own))};
    return forward(linear, parameters, input)[k + 1].every((sum) => Math.abs(sum) > 1e-3);
  });
}
