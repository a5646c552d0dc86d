import {existsSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {withLearned} from "../../../compiler/export/exported.js";
import {writeOnnx} from "../../../compiler/export/onnx.js";
import {parametersOf, withParameters} from "../../../compiler/graph/graph.js";
import {lower} from "../../../compiler/graph/lower.js";
import {UnsupportedNodes} from "../../../compiler/import/unsupported.js";
import {fitStages} from "../../../compiler/preprocessing/stages.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {importBytes, outputsOf} from "./import-file.js";
import {type OnnxNode, onnxFile} from "./onnx-files.js";
import {byHand, floats, matrix, onnxFileWith} from "./onnx-networks.js";
import {runOnnx} from "./onnx-runtime.js";

const activations = ["linear", "relu", "leakyRelu", "sigmoid", "tanh", "softmax"] as const;

/** Both round differently, sums of some tens of products: within 1e-5. */
function expectNear(given: readonly Float32Array[], wanted: readonly Float32Array[]): void {
  given.forEach((row, k) => {
    expect(row.length).toBe(wanted[k].length);
    row.forEach((value, j) => {
      expect(Math.abs(value - wanted[k][j])).toBeLessThan(1e-5);
    });
  });
}

function randomModel(seed: number) {
  const draw = drawer(seed);
  const below = (n: number) => Math.floor(draw() * n);
  const depth = 1 + below(4);
  const inputs = 1 + below(12);
  const description = checkDescription({
    name: "random",
    input: {columns: Array.from({length: inputs}, (_, k) => `x${k}`)},
    preprocessing: [],
    layers: Array.from({length: depth}, (_, k) => ({
      type: "dense" as const,
      units: 2 + below(10),
      activation: activations[below(k === depth - 1 ? 6 : 5)],
      ...(k < depth - 1 && draw() < 0.3 ? {dropout: Math.fround(draw() / 2)} : {}),
    })),
    loss: "meanSquaredError",
  } satisfies DescriptionSource);
  const plain = lower(description);
  const graph = withParameters(plain, drawNumbers(draw, parametersOf(plain).length, 0.8));
  const rows = Array.from({length: 5}, () => drawNumbers(draw, inputs, 2));
  return {description, graph, rows};
}

describe("what we export", () => {
  test("runs in ONNX Runtime as it runs here, for random networks of every layer", async () => {
    for (let seed = 0; seed < 30; seed++) {
      const {description, graph, rows} = randomModel(seed);
      const compiled = compile(description, [], {graph, stages: []});
      expectNear(
        outputsOf({compiled}, rows),
        await runOnnx(writeOnnx(description, {graph, stages: []}), rows),
      );
    }
  });

  test("comes back with the same bytes", async () => {
    for (let seed = 0; seed < 30; seed++) {
      const {description, graph} = randomModel(seed);
      const {image} = compile(description, ["adam"], {graph, stages: []});
      const file = writeOnnx(description, {graph, stages: []});
      const {compiled} = await importBytes("random.onnx", file, {description, learn: ["adam"]});
      expect(compiled.image).toEqual(image);
    }
  });

  test.each(["standardize", "robust", {type: "minMax", low: -1, high: 2}] as const)(
    "has the transform %j before the first layer",
    async (transform) => {
      const description = checkDescription({
        name: "scaled",
        input: {columns: ["a", "b"]},
        preprocessing: [transform],
        layers: [
          {type: "dense", units: 3, activation: "tanh"},
          {type: "dense", units: 2, activation: "softmax"},
        ],
      });
      const rows = Array.from({length: 6}, (_, k) => Float32Array.of(100 + 3 * k * k, -k));
      const trained = {graph: lower(description), stages: fitStages(description, rows)};
      const compiled = compile(description, ["sgd"], trained);
      expectNear(outputsOf({compiled}, rows), await runOnnx(writeOnnx(description, trained), rows));
    },
  );

  test("takes what a device learned, of all layers or of the last", () => {
    const {graph} = randomModel(3);
    const all = parametersOf(graph);
    const last = graph.nodes.filter(({parameters}) => parameters.length > 0).at(-1)?.parameters.length ?? 0;
    const learned = new Float32Array(last).fill(0.5);
    const changed = parametersOf(withLearned("device", graph, learned));
    expect(changed.slice(-last)).toEqual(learned);
    expect(changed.slice(0, -last)).toEqual(all.slice(0, -last));
    expect(() => withLearned("device", graph, new Float32Array(last + 1))).toThrow(
      /device: expected .* numbers/,
    );
    learned[1] = Number.NaN;
    expect(() => withLearned("device", graph, learned)).toThrow(
      "device[1]: expected a finite number, found NaN",
    );
  });
});

describe("a file by hand", () => {
  const draw = drawer(12);
  const rows = Array.from({length: 10}, () => drawNumbers(draw, 6, 2));

  test("gives what ONNX Runtime gives, with batch normalization folded to both sides", async () => {
    const file = onnxFile(byHand);
    const imported = await importBytes("hand.onnx", file);
    expect(imported.layers.map(({units, activation, dropout}) => [units, activation, dropout])).toEqual([
      [4, "leakyRelu", 0],
      [3, "tanh", 0.25],
      [2, "softmax", 0],
    ]);
    expectNear(outputsOf(imported, rows), await runOnnx(file, rows, [2, 3]));
  });

  test("may hold its constants as nodes, of which some say their numbers without a tensor", async () => {
    const {half: _half, "last bias": _bias, ...others} = floats;
    const constants: readonly OnnxNode[] = [
      {operator: "Constant", inputs: [], output: "half", floats: {value_floats: [0.5, 2, -1]}},
      {operator: "Constant", inputs: [], output: "last bias", floats: {value_float: 0.25}},
      {operator: "Constant", inputs: [], output: "flat", wholes: {value_ints: [1, -1]}},
    ];
    const file = onnxFile({...byHand, nodes: [...constants, ...byHand.nodes], floats: others, wholes: {}});
    expectNear(outputsOf(await importBytes("hand.onnx", file), rows), await runOnnx(file, rows, [2, 3]));
  });

  test("with a constant that is no tensor of numbers is refused by that", async () => {
    const sparse: OnnxNode = {operator: "Constant", inputs: [], output: "sparse"};
    const file = onnxFile({...byHand, nodes: [sparse, ...byHand.nodes]});
    await expect(importBytes("hand.onnx", file)).rejects.toThrow(/Constant: let it hold a tensor or numbers/);
  });

  test.each<[string, Omit<OnnxNode, "output">, string]>([
    [
      "another slope",
      {operator: "LeakyRelu", inputs: [], floats: {alpha: 0.3}},
      "slope 0.01 in place of 0.3",
    ],
    ["another operator", {operator: "Erf", inputs: []}, "train the network without it"],
    ["a reshape of the batch", {operator: "Reshape", inputs: ["other"]}, "keep the batch"],
    ["an activation alone", {operator: "Relu", inputs: []}, "follow a dense layer directly"],
  ])("with %s is refused with the node's name and a rewrite", async (_, step, rewrite) => {
    const file = onnxFileWith(step, {other: [3, 1]});
    const error = await importBytes("hand.onnx", file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnsupportedNodes);
    expect((error as UnsupportedNodes).nodes.map(({name}) => name)).toEqual(["node 11"]);
    expect((error as UnsupportedNodes).message).toContain(rewrite);
  });

  test("that was exported while it trained is refused", async () => {
    const truths = {training: true, "not training": false};
    const replaced = (operator: string, change: (node: OnnxNode) => Partial<OnnxNode>) => ({
      ...byHand,
      truths,
      nodes: byHand.nodes.map((node) => (node.operator === operator ? {...node, ...change(node)} : node)),
    });
    const dropout = (training: string) =>
      onnxFile(replaced("Dropout", ({inputs}) => ({inputs: [...inputs, training]})));
    await expect(importBytes("hand.onnx", dropout("training"))).rejects.toThrow(
      /Dropout: export it for inference/,
    );
    await expect(importBytes("hand.onnx", dropout("not training"))).resolves.toBeDefined();
    const statistics = replaced("BatchNormalization", ({output}) => ({
      moreOutputs: ["mean", "variance"].map((name) => `${output} ${name}`),
    }));
    await expect(importBytes("hand.onnx", onnxFile(statistics))).rejects.toThrow(
      /BatchNormalization: export it for inference/,
    );
  });

  test("with a weight that is no number is refused by its name", async () => {
    const numbers = floats["by unit"].numbers.slice();
    numbers[5] = Number.NaN;
    const file = onnxFile({...byHand, floats: {...floats, "by unit": {shape: [3, 4], numbers}}});
    await expect(importBytes("hand.onnx", file)).rejects.toThrow(
      'hand.onnx: Gemm "node 7": weights[5]: expected a finite number, found NaN',
    );
  });

  test("with weights for another size is refused", async () => {
    const file = onnxFile({...byHand, floats: {...floats, last: matrix(4, 2)}});
    await expect(importBytes("hand.onnx", file)).rejects.toThrow(
      'Gemm "node 12": expected 3 inputs, found 4',
    );
  });
});

const wand = resolve(import.meta.dirname, "../../../../shared/data/magic-wand/models");

test.skipIf(!existsSync(wand) && process.env.CI === undefined).each([
  ["model.onnx", {Conv: 3, MaxPool: 3}],
  ["model.tflite", {CONV_2D: 3, MAX_POOL_2D: 3, TRANSPOSE: 1}],
  ["quantized_model.tflite", {CONV_2D: 3, MAX_POOL_2D: 3, TRANSPOSE: 1}],
])("the convolutional network in %s is refused with all that is missing", async (file, missing) => {
  const bytes = new Uint8Array(readFileSync(resolve(wand, file)));
  const error = await importBytes(file, bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnsupportedNodes);
  const {nodes} = error as UnsupportedNodes;
  const counts: Record<string, number> = {};
  for (const {operator, name, inputs, outputs, rewrite} of nodes) {
    counts[operator] = (counts[operator] ?? 0) + 1;
    expect(name).not.toBe("");
    expect(inputs).toMatch(/^\[\d+(, \d+)+\]$/);
    expect(outputs).toMatch(/^\[\d+(, \d+)+\]$/);
    expect(rewrite).not.toBe("");
  }
  expect(counts).toEqual(missing);
});
