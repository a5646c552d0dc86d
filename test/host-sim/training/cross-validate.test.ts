import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {makeDataset, type Recording} from "../../../host-sim/datasets/dataset.js";
import {crossValidate} from "../../../host-sim/training/cross-validate.js";
import {evaluateModel} from "../../../host-sim/training/evaluate.js";
import {scoreOf} from "../../../host-sim/training/score.js";
import {train} from "../../../host-sim/training/train.js";
import {Random} from "../../../runtime/random.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const columns = Array.from({length: 30}, (_, k) => `c${k}`);

function recordings(count: number, of: (k: number, random: Random) => Partial<Recording>) {
  const random = new Random(3);
  return Array.from({length: count}, (_, k) => {
    const samples = Float32Array.from(columns, () => random.normal());
    return {label: k % 2 ? "b" : "a", rows: 1, samples, source: `made ${k}`, ...of(k, random)};
  });
}

const description = checkDescription({
  name: "noise",
  input: {columns},
  layers: [
    {type: "dense", units: 20, activation: "relu"},
    {type: "dense", units: 2, activation: "softmax"},
  ],
  training: {learningRate: 0.02, epochs: 60, validation: 0},
});

test("cross-validation is not deceived by a network that knows its recordings by heart", () => {
  const data = makeDataset(
    columns,
    recordings(60, () => ({})),
  );
  expect(scoreOf(evaluateModel(train(description, data, {learn: []}).compiled, data))).toBe(1);
  const {scores, mean, standardError} = crossValidate(description, data, {folds: 5, seed: 1});
  expect(scores).toHaveLength(5);
  // Chance is 0.5; 60 throws of a coin stay below 0.75 but for 1 in 10,000.
  expect(mean).toBeLessThan(0.75);
  expect(mean).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / 5, 12);
  // Variance by pairs: the sum of all squared differences over n (n - 1).
  const pairs = scores.flatMap((a, i) => scores.slice(i + 1).map((b) => (a - b) ** 2));
  const variance = pairs.reduce((sum, square) => sum + square, 0) / (5 * 4);
  expect(standardError).toBeCloseTo(Math.sqrt(variance / 5), 12);
});

test("the same seed gives the same scores, another one divides otherwise", () => {
  const data = makeDataset(
    columns,
    recordings(40, (k, random) => ({
      samples: Float32Array.from(columns, () => (k % 2) + 2 * random.normal()),
    })),
  );
  const scoresFor = (seed: number) => crossValidate(description, data, {folds: 4, seed}).scores;
  expect(scoresFor(1)).toEqual(scoresFor(1));
  expect(new Set([1, 2, 3, 4].map((seed) => scoresFor(seed).join())).size).toBeGreaterThan(1);
});

test("numbers to predict are scored by R2, which a fold of equal ones doesn't have", () => {
  const predicting = checkDescription({
    name: "sum",
    input: {columns},
    targets: ["sum"],
    loss: "meanSquaredError",
    layers: [{type: "dense", units: 1}],
    training: {learningRate: 0.05, epochs: 60},
  });
  const data = (sum: (samples: Float32Array) => number) => ({
    ...makeDataset(
      columns,
      recordings(90, () => ({})).map((one) => ({...one, targets: Float32Array.of(sum(one.samples))})),
    ),
    targets: ["sum"],
  });
  const {mean} = crossValidate(
    predicting,
    data((samples) => samples[0] - samples[7]),
    {folds: 3, seed: 1},
  );
  expect(mean).toBeGreaterThan(0.95);
  expect(
    refusalOf(() =>
      crossValidate(
        predicting,
        data(() => 1),
        {folds: 3, seed: 1},
      ),
    ),
  ).toBe(
    "targets of the recordings to score on: expected two or more different numbers, found the same in all 30. " +
      "Take fewer folds, or record more.",
  );
});
