import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {makeOptimizer} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import type {Model} from "../../../runtime/model.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {inEverySet, lastingOf} from "./kernel-sets.js";

const description = checkDescription({
  name: "own",
  input: {columns: Array.from({length: 6}, (_, k) => `column ${k}`)},
  preprocessing: [],
  layers: [
    {type: "dense", units: 9, activation: "tanh"},
    {type: "dense", units: 3, activation: "softmax"},
  ],
});

/** The model with half of each number in the tanh's place, and a loss three times as large. */
function withOwnParts(model: Model): Model {
  const {loss, operators} = model;
  return {
    ...model,
    operators: operators.map((one) =>
      one.name === "tanh"
        ? {
            ...one,
            forward({arena, outputAt, outputSize}) {
              for (let k = outputAt; k < outputAt + outputSize; k++) arena[k] = Math.fround(arena[k] / 2);
            },
          }
        : one,
    ),
    loss: {...loss, measure: (...places) => 3 * loss.measure(...places)},
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

test("a loss and an operator of one's own in place of a model's work in whole steps as in slices, with every set of kernels", async () => {
  const sets = await inEverySet(description, ["online-sgd"], {format: "float32"});
  const [plain] = sets;
  const wanted = learned({...plain, model: withOwnParts(plain.model)}, true);
  expect(wanted.losses[0]).toBeGreaterThan(2 * learned(plain, true).losses[0]);
  for (const {kernels, model, image} of sets)
    for (const isSliced of [false, true])
      expect({kernels, isSliced, ...learned({model: withOwnParts(model), image}, isSliced)}).toEqual({
        kernels,
        isSliced,
        ...wanted,
      });
});
