import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {makeOptimizer} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import {meanSquaredError} from "../../../runtime/losses/mean-squared-error.js";
import type {Model} from "../../../runtime/model.js";
import type {Operator} from "../../../runtime/ops/operator.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {inEverySet, lastingOf} from "./kernel-sets.js";

const description = checkDescription({
  name: "own",
  input: {columns: Array.from({length: 6}, (_, k) => `column ${k}`)},
  preprocessing: [],
  layers: [
    {type: "dense", units: 9, activation: "relu"},
    {type: "dense", units: 7, activation: "tanh"},
    {type: "dense", units: 3, activation: "softmax"},
  ],
});

/** A model's parts with one of them in another's place: an operator with half of each output, or another loss. */
const others: readonly (readonly [string, (model: Model) => Partial<Model>])[] = [
  ...["dense", "relu", "tanh", "softmax"].map(
    (name) =>
      [
        name,
        ({operators}: Model) => ({
          operators: operators.map((one) => (one.name === name ? halved(one) : one)),
        }),
      ] as const,
  ),
  ["loss", ({loss}) => ({loss: {...loss, measure: (...all) => 3 * loss.measure(...all)}})],
  [
    "loss that goes back through the last layer",
    ({loss}) => ({loss: {...meanSquaredError, code: loss.code}}),
  ],
];

function halved(one: Operator): Operator {
  return {
    ...one,
    forward(step, from = 0, to = step.outputSize) {
      one.forward(step, from, to);
      for (let k = step.outputAt + from; k < step.outputAt + to; k++) step.arena[k] /= 2;
    },
  };
}

function learned({model, image}: {model: Model; image: Uint8Array}, isSliced: boolean) {
  const learner = new Learner(model, image, makeOptimizer("online-sgd", {learningRate: 0.1}));
  const draw = drawer(6);
  const losses: number[] = [];
  for (let n = 0; n < 10; n++) {
    learner.network.load(drawNumbers(draw, 6, 2));
    if (isSliced) {
      learner.begin(n % 3);
      while (learner.isWorking) learner.work(learner.smallestBudget);
    } else learner.learn(n % 3);
    losses.push(learner.dataLoss);
  }
  return {losses, parameters: bitsOf(lastingOf(learner.network))};
}

test.each(others)(
  "a %s of one's own in the place of a model's works in whole steps as in slices, with every set of kernels",
  async (_, partsOf) => {
    const sets = await inEverySet(description, ["online-sgd"], {format: "float32"});
    const wanted = learned({...sets[0], model: {...sets[0].model, ...partsOf(sets[0].model)}}, true);
    expect(wanted.losses).not.toEqual(learned(sets[0], true).losses);
    for (const {kernels, model, image} of sets)
      for (const isSliced of [false, true]) {
        const given = learned({model: {...model, ...partsOf(model)}, image}, isSliced);
        expect({kernels, isSliced, ...given}).toEqual({kernels, isSliced, ...wanted});
      }
  },
);
