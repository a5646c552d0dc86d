import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {Description, DescriptionSource} from "../../../compiler/description/schema.js";
import type {Dataset} from "../../../host-sim/datasets/dataset.js";
import {readDataset} from "../../../host-sim/datasets/read.js";
import {GESTURE_STATISTICS} from "../../../host-sim/recordings/gesture-statistics.js";
import {crossValidate} from "../../../host-sim/training/cross-validate.js";
import {evaluateModel} from "../../../host-sim/training/evaluate.js";
import {scoreOf} from "../../../host-sim/training/score.js";
import {train} from "../../../host-sim/training/train.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const absent = !existsSync(folder) && process.env.CI === undefined;
if (absent) console.warn(`SKIPPED: training on real recordings, as there is no folder ${folder}`);

const SEEDS = Array.from({length: 10}, (_, k) => k + 1);

interface Data {
  readonly training: Dataset;
  readonly testing: Dataset;
}

function describeModel(
  name: string,
  {training}: Data,
  units: number,
  settings: DescriptionSource["training"],
): Description {
  return checkDescription({
    name,
    input: {axes: [...training.axes], window: 100, statistics: [...GESTURE_STATISTICS]},
    layers: [
      {type: "dense", units, activation: "relu"},
      {type: "dense", units: training.labels.length, activation: "softmax"},
    ],
    // The test recordings watch; so few others are needed to learn from.
    training: {validation: 0, ...settings},
  });
}

function accuracies(data: Data, describeWith: (seed: number) => Description): number[] {
  return SEEDS.map((seed) => {
    const {compiled} = train(describeWith(seed), data.training, {learn: []});
    return scoreOf(evaluateModel(compiled, data.testing));
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.skipIf(absent)("micro:bit recordings, 24-16-3", () => {
  let data: Data;
  const describeWith = (seed: number) =>
    describeModel("microbit", data, 16, {
      optimizer: "adam",
      learningRate: 0.01,
      batch: 4,
      epochs: 100,
      seed,
    });

  beforeAll(async () => {
    data = {
      training: await readDataset(resolve(folder, "microbit-gestures/shake-still-circle.train.json")),
      testing: await readDataset(resolve(folder, "microbit-gestures/shake-still-circle.test.json")),
    };
  });

  test("are told apart by ten seeds: 93 % in the mean, 85 % at worst", () => {
    const reached = accuracies(data, describeWith);
    expect(mean(reached)).toBeGreaterThanOrEqual(0.93);
    expect(Math.min(...reached)).toBeGreaterThanOrEqual(0.85);
  });

  test("train to the same bytes twice", () => {
    const [one, other] = [1, 2].map(() => train(describeWith(1), data.training, {learn: ["adam"]}));
    expect(other.compiled.image).toEqual(one.compiled.image);
    expect(other.history).toEqual(one.history);
  });
});

describe.skipIf(absent)("magic-wand recordings, 48-18-5", () => {
  let data: Data;
  const reach = (settings: DescriptionSource["training"]) =>
    mean(
      accuracies(data, (seed) =>
        describeModel("magic-wand", data, 18, {batch: 8, epochs: 200, ...settings, seed}),
      ),
    );

  beforeAll(async () => {
    const [training, testing] = await Promise.all(
      ["train", "test"].map((part) =>
        readDataset(resolve(folder, "magic-wand", part), {rowsPerRecording: 119}),
      ),
    );
    data = {training, testing};
  });

  test("are told apart by ten seeds: 84 % in the mean", {timeout: 60_000}, () => {
    expect(reach({optimizer: "adam", learningRate: 0.003})).toBeGreaterThanOrEqual(0.84);
  });

  test.each(["online-adam", "momentum", "adagrad", "rmsprop"] as const)(
    "are told apart as well with %s at its own learning rate",
    {timeout: 60_000},
    (optimizer) => {
      expect(reach({optimizer})).toBeGreaterThanOrEqual(0.84);
    },
  );
});

describe.skipIf(absent)("iris, 4-8-3", () => {
  test("is told apart by five folds: 95 %", async () => {
    const columns = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
    const iris = await readDataset(resolve(folder, "tabular/iris.csv"), {
      columns: [...columns, "label"],
      axes: columns,
    });
    const description = checkDescription({
      name: "iris",
      input: {columns},
      layers: [
        {type: "dense", units: 8, activation: "relu"},
        {type: "dense", units: 3, activation: "softmax"},
      ],
      training: {learningRate: 0.01, epochs: 100, validation: 0},
    });
    expect(crossValidate(description, iris, {folds: 5, seed: 1}).mean).toBeGreaterThanOrEqual(0.95);
  });
});
