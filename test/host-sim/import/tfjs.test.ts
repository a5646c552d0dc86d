import {tensor2d, train} from "@tensorflow/tfjs-core";
import * as tfjs from "@tensorflow/tfjs-layers";
import {describe, expect, test} from "vitest";
import {Learner} from "../../../runtime/learner.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {parametersOf} from "../../runtime/tfjs/twins.js";
import {importBytes, outputsOf} from "./import-file.js";
import {drawWeights, predictTfjs, saveTfjs} from "./tfjs-files.js";

type Layers = ReturnType<typeof tfjs.layers.dense>[];

/** A random chain of all that is supported, that ends in a dense layer with an activation. */
function randomLayers(draw: () => number): Layers {
  const below = (n: number) => Math.floor(draw() * n);
  const units = () => 1 + below(8);
  const {layers} = tfjs;
  const named = ["linear", "relu", "sigmoid", "tanh"] as const;
  const chain = Array.from({length: 1 + below(3)}, () => {
    const wide = units();
    const dense = layers.dense({units: wide, useBias: draw() < 0.7});
    return [
      [layers.dense({units: units(), activation: named[below(4)], useBias: draw() < 0.7})],
      [dense, layers.activation({activation: named[1 + below(3)]})],
      [dense, layers.reLU(), layers.dropout({rate: 0.25})],
      [dense, layers.leakyReLU({alpha: 0.01}), layers.batchNormalization({scale: draw() < 0.5})],
      [dense, layers.batchNormalization({epsilon: 0.01, center: draw() < 0.5}), layers.reLU()],
      [dense, layers.batchNormalization(), layers.reshape({targetShape: [1, wide]}), layers.flatten()],
      [dense, layers.gaussianNoise({stddev: 0.1})],
    ][below(7)];
  });
  const last = layers.dense({units: 2 + below(4), activation: draw() < 0.5 ? "linear" : "sigmoid"});
  return [...chain.flat(), last, ...(draw() < 0.3 ? [layers.softmax()] : [])].filter(
    (layer, k, all) => !(layer.getClassName() === "Softmax" && all[k - 1] === last && isActivated(last)),
  ) as Layers;
}

function isActivated(layer: Layers[number]): boolean {
  return layer.getConfig().activation !== "linear";
}

function sequential(layers: Layers, inputs: number): tfjs.LayersModel {
  const model = tfjs.sequential();
  model.add(tfjs.layers.inputLayer({inputShape: [inputs]}));
  for (const layer of layers) model.add(layer);
  return model;
}

function functional(layers: Layers, inputs: number): tfjs.LayersModel {
  const input = tfjs.input({shape: [inputs]});
  const output = layers.reduce(
    (at, layer) => layer.apply(at) as tfjs.SymbolicTensor,
    input as tfjs.SymbolicTensor,
  );
  return tfjs.model({inputs: input, outputs: output});
}

describe("a layers model of TensorFlow.js", () => {
  test.each([
    ["Sequential", sequential],
    ["functional", functional],
  ])("%s, predicts here as there within 1e-5, for random networks of every layer", async (_, build) => {
    for (let seed = 0; seed < 40; seed++) {
      const draw = drawer(seed);
      const inputs = 1 + Math.floor(draw() * 10);
      const model = build(randomLayers(draw), inputs);
      drawWeights(model, draw);
      const rows = Array.from({length: 6}, () => drawNumbers(draw, inputs, 2));
      const {json, shards} = await saveTfjs(model);
      const given = outputsOf(await importBytes("model.json", json, {}, shards), rows);
      predictTfjs(model, rows).forEach((row, k) => {
        row.forEach((value, j) => {
          // Batch normalization is folded in float64 here; outputs of some sizes differ by some roundings of theirs.
          expect(Math.abs(given[k][j] - value), `seed ${seed}`).toBeLessThan(
            1e-5 * Math.max(1, Math.abs(value)),
          );
        });
      });
    }
  });

  test("with an input of several dimensions is flattened in the same order", async () => {
    const draw = drawer(5);
    const {layers} = tfjs;
    const model = tfjs.sequential({
      layers: [layers.flatten({inputShape: [3, 2]}), layers.dense({units: 4, activation: "tanh"})],
    });
    drawWeights(model, draw);
    const rows = Array.from({length: 4}, () => drawNumbers(draw, 6));
    const {json, shards} = await saveTfjs(model);
    const given = outputsOf(await importBytes("model.json", json, {}, shards), rows);
    predictTfjs(model, rows, [3, 2]).forEach((row, k) => {
      row.forEach((value, j) => {
        expect(Math.abs(given[k][j] - value)).toBeLessThan(1e-5);
      });
    });
  });

  test.each([
    ["adam", () => new Adam({learningRate: 0.01}), () => train.adam(0.01)],
    ["sgd", () => new Sgd({learningRate: 0.1}), () => train.sgd(0.1)],
  ] as const)(
    "goes on learning with %s for 50 steps as it would have there, within 2e-5",
    async (learn, ours, theirs) => {
      const draw = drawer(21);
      const {layers} = tfjs;
      const model = tfjs.sequential({
        layers: [
          layers.dense({units: 8, activation: "tanh", inputShape: [5]}),
          layers.dense({units: 3, activation: "softmax"}),
        ],
      });
      drawWeights(model, draw);
      const {json, shards} = await saveTfjs(model);
      const {compiled} = await importBytes("model.json", json, {learn: [learn]}, shards);
      const learner = new Learner(compiled.model, compiled.image, ours(), {batch: 4});
      model.compile({optimizer: theirs(), loss: "categoricalCrossentropy"});
      for (let step = 0; step < 50; step++) {
        const rows = Array.from({length: 4}, () => drawNumbers(draw, 5));
        const classes = rows.map(() => Math.floor(draw() * 3));
        rows.forEach((row, k) => {
          learner.network.load(row);
          learner.target.fill(0);
          learner.target[classes[k]] = 1;
          learner.learnTarget();
        });
        const wanted = classes.map((index) => [0, 1, 2].map((k) => Number(k === index)));
        await model.trainOnBatch(tensor2d(rows.map((row) => [...row])), tensor2d(wanted));
      }
      const {arena, plan} = learner.network;
      const given = arena.slice(plan.parametersAt, plan.parametersAt + plan.learned);
      parametersOf(model as tfjs.Sequential).forEach((value, k) => {
        expect(Math.abs(given[k] - value)).toBeLessThan(2e-5);
      });
    },
  );

  test("whose layers' names end alike gives each its own weights", async () => {
    const draw = drawer(8);
    const {layers} = tfjs;
    const model = tfjs.sequential({
      layers: [
        layers.dense({units: 3, inputShape: [3], name: "block/dense"}),
        layers.dense({units: 3, name: "dense"}),
      ],
    });
    drawWeights(model, draw);
    const rows = [drawNumbers(draw, 3)];
    const {json, shards} = await saveTfjs(model);
    const [given] = outputsOf(await importBytes("model.json", json, {}, shards), rows);
    predictTfjs(model, rows)[0].forEach((value, j) => {
      expect(Math.abs(given[j] - value)).toBeLessThan(1e-5);
    });
  });

  test("that gives what lies between its layers too is refused", async () => {
    const input = tfjs.input({shape: [3]});
    const between = tfjs.layers.dense({units: 4}).apply(input) as tfjs.SymbolicTensor;
    const last = tfjs.layers.dense({units: 2}).apply(between) as tfjs.SymbolicTensor;
    const {json, shards} = await saveTfjs(tfjs.model({inputs: input, outputs: [between, last]}));
    await expect(importBytes("model.json", json, {}, shards)).rejects.toThrow(
      "model.json: expected one output, of the last layer, found 2",
    );
  });

  test("with layers that aren't supported is refused with all of them", async () => {
    const {layers} = tfjs;
    const model = tfjs.sequential({
      layers: [
        layers.conv1d({filters: 2, kernelSize: 3, inputShape: [10, 2], name: "first"}),
        layers.flatten(),
        layers.leakyReLU({alpha: 0.3, name: "steep"}),
        layers.dense({units: 2, activation: "elu", name: "last"}),
      ],
    });
    const {json, shards} = await saveTfjs(model);
    await expect(importBytes("model.json", json, {}, shards)).rejects.toThrow(
      /Conv1D "first".*Conv1D: compute features before the network/,
    );
  });

  test("with a softmax of each row of several is refused: ours goes over all features", async () => {
    const {layers} = tfjs;
    const model = tfjs.sequential({
      layers: [
        layers.dense({units: 4, inputShape: [3]}),
        layers.reshape({targetShape: [2, 2]}),
        layers.activation({activation: "softmax"}),
        layers.flatten(),
      ],
    });
    const {json, shards} = await saveTfjs(model);
    await expect(importBytes("model.json", json, {}, shards)).rejects.toThrow(
      /Activation: let it go over flat features/,
    );
  });

  test("that branches is refused", async () => {
    const input = tfjs.input({shape: [3]});
    const dense = (units: number) => tfjs.layers.dense({units});
    const [one, other] = [dense(4).apply(input), dense(4).apply(input)] as tfjs.SymbolicTensor[];
    const sum = tfjs.layers.add().apply([one, other]) as tfjs.SymbolicTensor;
    const {json, shards} = await saveTfjs(tfjs.model({inputs: input, outputs: sum}));
    await expect(importBytes("model.json", json, {}, shards)).rejects.toThrow(/Add .*without branches/);
  });

  test.each([
    ["uint8", 3],
    ["uint16", 6],
    ["float16", 6],
  ])("with weights quantized to %s before its own reads its own at their place", async (dtype, bytes) => {
    const draw = drawer(6);
    const model = tfjs.sequential({layers: [tfjs.layers.dense({units: 2, inputShape: [3], name: "dense"})]});
    drawWeights(model, draw);
    const {json, shards} = await saveTfjs(model);
    const file = JSON.parse(new TextDecoder().decode(json));
    const [{paths, weights}] = file.weightsManifest;
    const quantization = {dtype, min: 0, scale: 1, original_dtype: "float32"};
    weights.unshift({name: "other/kernel", shape: [3], dtype: "float32", quantization});
    const first = Uint8Array.of(...new Uint8Array(bytes), ...shards[paths[0]]);
    const load = (changed: unknown) =>
      importBytes(
        "model.json",
        new TextEncoder().encode(JSON.stringify(changed)),
        {},
        {
          ...shards,
          [paths[0]]: first,
        },
      );
    const rows = [drawNumbers(draw, 3)];
    const [given] = outputsOf(await load(file), rows);
    predictTfjs(model, rows)[0].forEach((value, j) => {
      expect(Math.abs(given[j] - value)).toBeLessThan(1e-5);
    });
    // Quantized ones of its own would need more than a copy.
    weights[0].name = "dense/kernel";
    weights[1].name = "other/kernel";
    await expect(load(file)).rejects.toThrow("dense/kernel: expected float32 numbers, found quantized ones");
  });

  test("without one of its shards' bytes is refused", async () => {
    const model = tfjs.sequential({layers: [tfjs.layers.dense({units: 2, inputShape: [3]})]});
    const {json, shards} = await saveTfjs(model);
    const short = {...shards, "group1-shard2of2.bin": shards["group1-shard2of2.bin"].slice(4)};
    await expect(importBytes("model.json", json, {}, short)).rejects.toThrow("model.json: weights: expected");
  });
});
