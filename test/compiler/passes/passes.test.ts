import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import type {Graph, Node} from "../../../compiler/graph/graph.js";
import {lower} from "../../../compiler/graph/lower.js";
import {readTrained} from "../../../compiler/image/read.js";
import {dropDropout} from "../../../compiler/passes/drop-dropout.js";
import {foldStandardization} from "../../../compiler/passes/fold-standardization.js";
import {fuseActivations} from "../../../compiler/passes/fuse-activations.js";
import {quantizeActivations} from "../../../compiler/passes/quantize-activations.js";
import {verify} from "../../../compiler/passes/verify.js";
import {fitStages} from "../../../compiler/preprocessing/stages.js";
import {calibrate} from "../../../compiler/quantization/calibrate.js";
import {GraphRun} from "../../../compiler/quantization/run-graph.js";
import {Learner} from "../../../runtime/learner.js";
import {Network} from "../../../runtime/network.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {fullyConnected} from "../../runtime/reference/tflite.js";

type Layers = DescriptionSource["layers"];

const describeLayers = (layers: Layers, more: Partial<DescriptionSource> = {}) =>
  checkDescription({name: "passes", input: {columns: ["a", "b", "c", "d"]}, layers, ...more});
const hidden = {type: "dense", units: 6} as const;
const last = {type: "dense", units: 3, activation: "softmax"} as const;
const namesOf = ({nodes}: Graph) => nodes.map(({operator}) => operator.runtime.name);

/** Examples whose features differ in size and place. */
function rowsOf(count: number): Float32Array[] {
  const draw = drawer(count);
  return Array.from({length: count}, () =>
    Float32Array.of(draw() * 100, draw() - 50, 1e-3 * draw(), 5 * draw() - 2),
  );
}

describe("dropping dropout", () => {
  const graph = lower(describeLayers([{...hidden, dropout: 0.5}, {...hidden, dropout: 0.25}, last]));

  test("leaves the layers, and what comes where something learns", () => {
    expect(namesOf(dropDropout(graph, graph.nodes.length))).toEqual(["dense", "dense", "dense", "softmax"]);
    expect(namesOf(dropDropout(graph, 2))).toEqual(["dense", "dense", "dropout", "dense", "softmax"]);
  });
});

describe("folding standardization", () => {
  const description = describeLayers([{...hidden, activation: "tanh"}, last]);
  const rows = rowsOf(50);
  const stages = fitStages(description, rows);
  const graph = lower(description);

  test("by hand: 2 (x - 3) 4 + 5 is 8 x - 19", () => {
    const one = lower(
      describeLayers([{type: "dense", units: 1, start: {weights: [[2, 0, 0, 0]], biases: [5]}}], {
        loss: "meanSquaredError",
      }),
    );
    const [stage] = fitStages(description, []);
    const constants = Float32Array.of(3, 0, 0, 0, 4, 1, 1, 1);
    const {graph: folded, stages: left} = foldStandardization(one, [{...stage, constants}]);
    expect(left).toEqual([]);
    expect([...folded.nodes[0].parameters]).toEqual([8, 0, 0, 0, -19]);
  });

  test("gives the outputs of the unfolded network up to roundings", () => {
    const folded = foldStandardization(graph, stages);
    const [plain, quick] = [new GraphRun(graph, stages), new GraphRun(folded.graph, folded.stages)];
    for (const row of rows) {
      const outputs = [plain, quick].map((run) => {
        let given = new Float32Array(0);
        run.run(row, (_, values) => {
          given = values.slice();
        });
        return given;
      });
      // Features up to 50 deviations from 0 lose 6 of 24 bits in the folded sum: 2^-18 of numbers below 1.
      outputs[0].forEach((value, k) => {
        expect(Math.abs(value - outputs[1][k])).toBeLessThan(4e-6);
      });
    }
  });

  test("happens when nothing learns in the first layer, and only then", () => {
    const stagesOf = (learn: Parameters<typeof compile>[1]) =>
      compile(description, learn, {graph, stages}).stages.length;
    expect(stagesOf([])).toBe(0);
    expect(stagesOf([{optimizer: "sgd", layers: 1}])).toBe(0);
    expect(stagesOf(["sgd"])).toBe(1);
  });
});

describe("fusing activations", () => {
  const layers: Layers = [
    {...hidden, activation: "relu"},
    {...hidden, activation: "tanh"},
    {...hidden, activation: "leakyRelu"},
    {...hidden, activation: "sigmoid"},
    hidden,
    last,
  ];
  const graph = lower(describeLayers(layers));

  test("makes one operator of a layer and its activation where neither learns", () => {
    expect(namesOf(fuseActivations(graph, graph.nodes.length))).toEqual([
      "denseRelu",
      "denseTanh",
      "denseLeakyRelu",
      "denseSigmoid",
      "dense",
      "denseSoftmax",
    ]);
    expect(namesOf(fuseActivations(graph, 2)).slice(0, 3)).toEqual(["denseRelu", "dense", "tanh"]);
    expect(namesOf(fuseActivations(graph, 2)).slice(-2)).toEqual(["dense", "softmax"]);
    expect(fuseActivations(graph, 0)).toEqual(graph);
  });

  test("changes no bit of the outputs", () => {
    const [apart, fused] = [new GraphRun(graph, []), new GraphRun(fuseActivations(graph, 99), [])];
    for (const row of rowsOf(30)) {
      const outputs = [apart, fused].map((run) => {
        let given: number[] = [];
        run.run(row, (_, values) => {
          given = bitsOf(values);
        });
        return given;
      });
      expect(outputs[1]).toEqual(outputs[0]);
    }
  });

  test("leaves an image that can't be compiled anew, and it says so", () => {
    const description = describeLayers(layers, {preprocessing: []});
    const {image} = compile(description, []);
    expect(() => readTrained(image, description)).toThrow(
      "image: numbers: expected an image in float32 with its preprocessing, found one whose layers were joined for " +
        "inference. Take the image that training wrote, or compile that one for learning on all layers.",
    );
    expect(readTrained(compile(description, ["sgd"]).image, description).trained.graph).toEqual(
      lower(description),
    );
  });
});

describe("whole numbers", () => {
  const layers: Layers = [
    {...hidden, activation: "relu", dropout: 0.1},
    {...hidden, activation: "sigmoid"},
    {...hidden, activation: "leakyRelu"},
    hidden,
    last,
  ];
  const description = describeLayers(layers);
  const rows = rowsOf(80);
  const stages = fitStages(description, rows);
  const plain = dropDropout(lower(description), 99);
  const graph = quantizeActivations(plain, calibrate(plain, stages, rows, 100), plain.nodes.length);

  test("run from behind the preprocessing to before the last activation, ReLU within the layer's limits", () => {
    expect(namesOf(graph)).toEqual([
      "quantize",
      "denseInt8",
      "denseInt8",
      "lookup",
      "denseInt8",
      "lookup",
      "denseInt8",
      "denseInt8",
      "dequantize",
      "softmax",
    ]);
  });

  test("are TensorFlow Lite's, layer by layer, to the bit", () => {
    const run = new GraphRun(graph, stages);
    for (const row of rows) {
      const int8: number[][] = [];
      run.run(row, (k, values) => {
        const {scale} = graph.nodes[k];
        int8.push(
          scale === undefined ? [] : Array.from(values, (x) => Math.round(x / scale.scale) + scale.zeroPoint),
        );
      });
      graph.nodes.forEach((node, k) => {
        if (node.operator.runtime.name === "denseInt8")
          expect(int8[k]).toEqual(fullyConnected(layerOf(node, graph.nodes[k - 1]), int8[k - 1]));
      });
    }
  });

  test("leave float32 what learns, and store it as int8 weights", () => {
    const learns = compile(
      description,
      [{optimizer: "online-sgd", layers: 2}],
      {graph: lower(description), stages},
      {
        format: "int8",
        rows,
        percentile: 100,
      },
    );
    expect(namesOf(learns.graph).slice(-5)).toEqual([
      "lookup",
      "dequantize",
      "denseInt8Weights",
      "denseInt8Weights",
      "softmax",
    ]);
    const learner = new Learner(learns.model, learns.image, new OnlineSgd(), {layers: 2});
    expect(learner.network.steps.map(({operator}) => operator.name).slice(-3)).toEqual([
      "dense",
      "dense",
      "softmax",
    ]);
    // What it begins with is what the int8 weights stand for: the same outputs as inference, up to roundings.
    const network = new Network(learns.model, learns.image);
    for (const row of rows.slice(0, 9)) {
      learner.network.load(row);
      network.load(row);
      expect(learner.network.classify()).toBe(network.classify());
      network.output.forEach((value, k) => {
        expect(Math.abs(value - learner.network.output[k])).toBeLessThan(1e-5);
      });
    }
    const before = learner.network.arena.slice();
    learner.learn(1);
    expect(learner.network.arena).not.toEqual(before);
  });
});

/** A quantized node as TensorFlow Lite would hold it: with the input's zero point not yet taken off the biases. */
function layerOf({constants, int8, inputSize, outputSize}: Node, before: Node) {
  const [outputZero, minimum, maximum] = constants;
  const part = (k: number) => [...constants.slice(3 + k * outputSize, 3 + (k + 1) * outputSize)];
  const inputZero = before.scale?.zeroPoint ?? Number.NaN;
  const weights = Array.from({length: outputSize}, (_, j) => [
    ...int8.slice(j * inputSize, (j + 1) * inputSize),
  ]);
  const biases = part(0).map((bias, j) => bias + inputZero * weights[j].reduce((sum, w) => sum + w, 0));
  return {inputZero, outputZero, minimum, maximum, weights, biases, multipliers: part(1), shifts: part(2)};
}

describe("the verifier names the pass and the node of a graph that doesn't fit together", () => {
  const graph = lower(describeLayers([{...hidden, activation: "relu"}, last]));
  const without = (index: number) => ({...graph, nodes: graph.nodes.filter((_, k) => k !== index)});

  test("for a layer that gets another number of inputs", () => {
    expect(() => verify("test", without(0))).toThrow("pass test: layers[0] relu: 6 inputs where 4 come");
  });

  test("for int8 numbers that reach an operator of float32", () => {
    const quantized = quantizeActivations(
      graph,
      {input: {low: 0, high: 1}, outputs: graph.nodes.map(() => ({low: 0, high: 1}))},
      9,
    );
    const nodes = quantized.nodes.filter(({operator}) => operator.runtime.name !== "dequantize");
    expect(() => verify("test", {...quantized, nodes})).toThrow(
      "pass test: layers[1] softmax: takes int8 numbers",
    );
  });

  test("for parameters that are missing", () => {
    const nodes = graph.nodes.map((node) => ({...node, parameters: drawNumbers(drawer(1), 1)}));
    expect(() => verify("test", {...graph, nodes})).toThrow("pass test: layers[0] dense: 1 parameters");
  });
});
