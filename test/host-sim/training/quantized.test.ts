import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {type Compiled, compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {compareFormats} from "../../../compiler/quantization/compare.js";
import type {Quantization} from "../../../compiler/quantization/quantization.js";
import type {Dataset} from "../../../host-sim/datasets/dataset.js";
import {readDataset} from "../../../host-sim/datasets/read.js";
import {splitDataset} from "../../../host-sim/datasets/split.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {GESTURE_STATISTICS} from "../../../host-sim/recordings/gesture-statistics.js";
import {evaluateModel} from "../../../host-sim/training/evaluate.js";
import {examplesOf} from "../../../host-sim/training/features.js";
import {fineTune} from "../../../host-sim/training/fine-tune.js";
import {scoreOf} from "../../../host-sim/training/score.js";
import {train} from "../../../host-sim/training/train.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const absent = !existsSync(folder) && process.env.CI === undefined;
if (absent) console.warn(`SKIPPED: int8 on real recordings, as there is no folder ${folder}`);

const SEEDS = Array.from({length: 10}, (_, k) => k + 1);

interface Data {
  readonly training: Dataset;
  readonly testing: Dataset;
}

function trained({training}: Data, units: number, epochs: number, seed: number): Compiled {
  const isWindow = training.recordings[0].rows > 1;
  const description = checkDescription({
    name: "quantized",
    input: isWindow
      ? {axes: [...training.axes], window: 100, statistics: [...GESTURE_STATISTICS]}
      : {columns: [...training.axes]},
    layers: [
      {type: "dense", units, activation: "relu"},
      {type: "dense", units: training.labels.length, activation: "softmax"},
    ],
    training: {learningRate: 0.01, batch: 8, epochs, seed, validation: 0},
  });
  return train(description, training, {learn: []}).compiled;
}

/** @returns points of accuracy lost in the mean over ten seeds, for int8 weights and for whole int8 */
function lost(data: Data, units: number, epochs: number): number[] {
  const sums = [0, 0];
  for (const seed of SEEDS) {
    const {description, source} = trained(data, units, epochs, seed);
    const rows = examplesOf(description, data.training).features;
    const accuracy = (quantization: Quantization) =>
      scoreOf(evaluateModel(compile(description, [], source, quantization), data.testing));
    const exact = accuracy({format: "float32"});
    sums[0] += exact - accuracy({format: "int8-weights"});
    sums[1] += exact - accuracy({format: "int8", rows, percentile: 100});
  }
  return sums.map((sum) => (100 * sum) / SEEDS.length);
}

const made = splitDataset(
  generateRecordings({
    seed: 1,
    people: 10,
    recordingsPerGesture: 6,
    gestures: ["circle", "push", "shake", "still", "wave"],
  }),
  {testShare: 0.3, seed: 1},
);
const generated: Data = {training: made.train, testing: made.test};

test("int8 costs at most half a point on made-up gestures, in the mean of ten seeds", () => {
  for (const points of lost(generated, 16, 20)) expect(points).toBeLessThanOrEqual(0.5);
});

describe.skipIf(absent)("int8 costs at most half a point, in the mean of ten seeds, on", () => {
  const read = (path: string, options = {}) => readDataset(resolve(folder, path), options);
  const sets: Record<string, Data> = {};

  beforeAll(async () => {
    sets.microbit = {
      training: await read("microbit-gestures/shake-still-circle.train.json"),
      testing: await read("microbit-gestures/shake-still-circle.test.json"),
    };
    sets.wand = {
      training: await read("magic-wand/train", {rowsPerRecording: 119}),
      testing: await read("magic-wand/test", {rowsPerRecording: 119}),
    };
    const columns = ["sepal length", "sepal width", "petal length", "petal width", "label"];
    const {train: training, test: testing} = splitDataset(await read("tabular/iris.csv", {columns}), {
      testShare: 0.3,
      seed: 1,
    });
    sets.iris = {training, testing};
  });

  test.each([
    ["microbit", 16, 60],
    ["wand", 18, 40],
    ["iris", 10, 60],
  ] as const)("%s", (name, units, epochs) => {
    for (const points of lost(sets[name], units, epochs)) expect(points).toBeLessThanOrEqual(0.5);
  });
});

describe("comparing formats", () => {
  test("finds nothing between a network and itself, and the error of int8 layer by layer", () => {
    const compiled = trained(generated, 16, 5, 1);
    const {description, source} = compiled;
    const rows = examplesOf(description, generated.training).features;
    const same = compareFormats({...compiled, graph: source.graph, stages: source.stages}, rows);
    expect(same.changed).toEqual([]);
    expect(same.layers.map(({error, saturated}) => [error, saturated])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const int8 = compareFormats(
      compile(description, [], source, {format: "int8", rows, percentile: 100}),
      rows,
    );
    expect(int8.layers.map(({layer}) => layer)).toEqual(["layers[0]", "layers[1]"]);
    for (const {relativeError, saturated} of int8.layers) {
      // 256 steps over a range of a few deviations: about 1 / 256 of it and more, far below a tenth.
      expect(relativeError).toBeGreaterThan(0.001);
      expect(relativeError).toBeLessThan(0.1);
      // Calibrated on these very examples, so nothing is cut off.
      expect(saturated).toBe(0);
    }
    const cut = compareFormats(
      compile(description, [], source, {format: "int8", rows, percentile: 90}),
      rows,
    );
    expect(cut.layers[0].saturated).toBeGreaterThan(0.01);
  });

  test("counts what ranges cut off, the input's and the last layer's too, and a percentile holds so many percent", () => {
    const description = checkDescription({
      name: "ramp",
      input: {columns: ["a"]},
      preprocessing: [],
      layers: [{type: "dense", units: 1, start: {weights: [[1]]}}],
      targets: ["b"],
    });
    const rows = Array.from({length: 1000}, (_, k) => Float32Array.of(k - 500));
    const cutOff = (percentile: number) =>
      compareFormats(compile(description, [], undefined, {format: "int8", rows, percentile}), rows).layers[0]
        .saturated;
    expect(cutOff(100)).toBe(0);
    // Half a step of the 255 is still within: 0.2 % of the range on each side.
    expect(cutOff(60)).toBeGreaterThan(0.39);
    expect(cutOff(60)).toBeLessThan(0.41);
  });

  test("names the examples that got another class", () => {
    const compiled = trained(generated, 16, 5, 1);
    const {graph} = compiled;
    const rows = examplesOf(compiled.description, generated.training).features.slice(0, 20);
    // The last layer's weights and biases the other way round: the least likely class becomes the likeliest.
    const nodes = graph.nodes.map((node, k) =>
      k === graph.nodes.length - 2 ? {...node, parameters: node.parameters.map((p) => -p)} : node,
    );
    const turned = {...graph, nodes};
    const {changed, examples} = compareFormats({...compiled, graph: turned}, rows);
    expect(examples).toBe(20);
    expect(changed).toEqual(rows.map((_, index) => index));
  });
});

test("fine-tuning refuses a model that learns what is normal, whose threshold it would leave behind", () => {
  const description = checkDescription({
    name: "normal",
    input: {columns: ["a", "b"]},
    layers: [{type: "dense", units: 2}],
    anomaly: {},
  });
  expect(() => fineTune(compile(description, []), generated.training, 1)).toThrow(
    "normal: fine-tuning: expected a model with labels or targets, found one for anomalies. " +
      "Leave fine-tuning out, or train it anew.",
  );
});

test("fine-tuning gives back most of what rounding took from rows with one weight that is huge and never counts", () => {
  const compiled = trained(generated, 8, 20, 2);
  const {description, source} = compiled;
  // Feature 0 is always 0 and its weights are 1000, so the others have steps of 8.
  const [first, ...others] = source.graph.nodes;
  const {inputSize, outputSize} = first;
  const parameters = first.parameters.slice();
  for (let j = 0; j < outputSize; j++) parameters[j * inputSize] = 1000;
  const stages = source.stages.map((stage) => {
    const constants = stage.constants.slice();
    if (stage.kind === "transform") constants[inputSize] = 0;
    return {...stage, constants};
  });
  const coarse = {graph: {...source.graph, nodes: [{...first, parameters}, ...others]}, stages};
  const accuracy = (from: Compiled["source"], format: "float32" | "int8-weights") =>
    scoreOf(evaluateModel(compile(description, [], from, {format}), generated.testing));
  const tuned = fineTune({...compiled, source: coarse}, generated.training, 20);
  const took = accuracy(coarse, "float32") - accuracy(coarse, "int8-weights");
  expect(took).toBeGreaterThan(0.05);
  expect(accuracy(tuned, "int8-weights")).toBeGreaterThan(accuracy(coarse, "float32") - took / 2);
});
