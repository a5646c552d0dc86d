import {expect, test, vi} from "vitest";
import {runEpochs} from "../../../host-sim/training/run-epochs.js";
import {Learner} from "../../../runtime/learner.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {compileUnits} from "../../runtime/small-model.js";

test("an epoch shows every example once, each in another order, which the seed alone decides", () => {
  const {image, model} = compileUnits(1, [[1, "linear"]], "meanSquaredError", ["sgd"]);
  const inputs = Array.from({length: 12}, (_, k) => Float32Array.of(k));
  const lessons = {inputs, wanted: inputs, classes: undefined};
  const ordersOf = (seed: number) => {
    const learner = new Learner(model, image, new Sgd({learningRate: 1e-6}), {batch: 4});
    const shown: number[] = [];
    const learn = learner.learnTarget.bind(learner);
    vi.spyOn(learner, "learnTarget").mockImplementation(() => {
      shown.push(learner.network.input[0]);
      return learn();
    });
    const options = {epochs: 3, seed, keepBest: false};
    runEpochs(learner, model.loss, {lessons, unchanged: lessons, held: undefined}, options);
    return [0, 12, 24].map((from) => shown.slice(from, from + 12));
  };
  const orders = ordersOf(1);
  const ascending = inputs.map(([value]) => value);
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(ascending);
  expect(new Set([ascending, ...orders].map(String)).size).toBe(4);
  expect(ordersOf(1)).toEqual(orders);
  expect(ordersOf(2)).not.toEqual(orders);
});
