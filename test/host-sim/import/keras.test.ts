import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import * as tfjs from "@tensorflow/tfjs-layers";
import {describe, expect, test} from "vitest";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {importBytes, outputsOf} from "./import-file.js";
import {hdf5File, kerasZip, legacyHdf5, zipFile} from "./keras-files.js";
import {drawWeights, predictTfjs} from "./tfjs-files.js";

const {layers} = tfjs;

/** Two layers of a class, so that their weights can't be mixed up. */
function makeModel(): tfjs.LayersModel {
  const model = tfjs.sequential({
    layers: [
      layers.dense({units: 7, inputShape: [4], name: "first"}),
      layers.batchNormalization({scale: false}),
      layers.reLU(),
      layers.dropout({rate: 0.5}),
      layers.dense({units: 7, activation: "tanh", useBias: false}),
      layers.batchNormalization(),
      layers.dense({units: 3, activation: "softmax", name: "last"}),
    ],
  });
  drawWeights(model, drawer(9));
  return model;
}

const model = makeModel();
const rows = Array.from({length: 8}, (_, k) => drawNumbers(drawer(k), 4, 2));

describe("a Keras model", () => {
  test.each([
    ["model.h5", () => legacyHdf5(model)],
    ["model.keras", () => kerasZip(model)],
    ["deflated.keras", () => kerasZip(model, "deflated")],
  ])("in %s predicts as in TensorFlow.js, within 1e-5", async (name, write) => {
    const imported = await importBytes(name, await write());
    expect(imported.layers.map(({units, activation, dropout}) => [units, activation, dropout])).toEqual([
      [7, "relu", 0.5],
      [7, "tanh", 0],
      [3, "softmax", 0],
    ]);
    const given = outputsOf(imported, rows);
    predictTfjs(model, rows).forEach((row, k) => {
      row.forEach((value, j) => {
        expect(Math.abs(given[k][j] - value)).toBeLessThan(1e-5);
      });
    });
  });

  test("that is functional in Keras 3's words is followed from its input on", async () => {
    const tensor = (from: string) => ({
      class_name: "__keras_tensor__",
      config: {shape: [null, 2], dtype: "float32", keras_history: [from, 0, 0]},
    });
    const layer = (class_name: string, name: string, config: object, from?: string) => ({
      module: "keras.layers",
      class_name,
      config: {name, ...config},
      name,
      inbound_nodes: from === undefined ? [] : [{args: [tensor(from)], kwargs: {}}],
    });
    const config = {
      class_name: "Functional",
      config: {
        layers: [
          layer("InputLayer", "in", {batch_shape: [null, 2]}),
          layer("Dense", "one", {units: 2, activation: "linear"}, "in"),
          // Keras 3 writes LeakyReLU's slope so.
          layer("LeakyReLU", "slope", {negative_slope: 0.01}, "one"),
          layer("Dense", "two", {units: 1, activation: {class_name: "function", config: "sigmoid"}}, "slope"),
        ],
      },
    };
    const weights = await hdf5File([
      {path: "layers/dense/vars/0", shape: [2, 2], numbers: Float32Array.of(1, 3, 2, 4)},
      {path: "layers/dense/vars/1", shape: [2], numbers: Float32Array.of(0, -100)},
      {path: "layers/dense_1/vars/0", shape: [2, 1], numbers: Float32Array.of(1, 1)},
      {path: "layers/dense_1/vars/1", shape: [1], numbers: Float32Array.of(0)},
    ]);
    const files = {
      "config.json": new TextEncoder().encode(JSON.stringify(config)),
      "model.weights.h5": weights,
    };
    const imported = await importBytes("model.keras", zipFile(files, "stored"));
    expect(imported.layers.map(({activation}) => activation)).toEqual(["leakyRelu", "sigmoid"]);
    // 1 + 2 + 0.01 (3 + 4 - 100)
    expect(outputsOf(imported, [[1, 1]])[0][0]).toBeCloseTo(1 / (1 + Math.exp(-2.07)), 6);
  });

  test("of weights alone is refused", async () => {
    const bytes = await hdf5File([{path: "a/kernel", shape: [1], numbers: Float32Array.of(1)}]);
    await expect(importBytes("weights.h5", bytes)).rejects.toThrow("not its weights alone");
  });

  test("with compressed weights is refused before any of them unfolds", async () => {
    const config = JSON.stringify(model.toJSON(undefined, false));
    const bytes = await hdf5File(
      [
        {
          path: "model_weights/first/first/kernel:0",
          shape: [4, 7],
          numbers: new Float32Array(28),
          compressed: true,
        },
      ],
      {model_config: config},
    );
    await expect(importBytes("model.h5", bytes)).rejects.toThrow("numbers in one piece");
  });
});

describe("a file that Keras 3 wrote itself", () => {
  const folder = resolve(import.meta.dirname, "keras-3");

  test.each(["sequential.keras", "sequential.h5", "functional.keras", "functional.h5"])(
    "%s predicts as Keras did, within 1e-5",
    async (name) => {
      const expected = JSON.parse(readFileSync(resolve(folder, name.replace(/\..*/, ".json")), "utf8"));
      const given = outputsOf(await importBytes(name, readFileSync(resolve(folder, name))), expected.x);
      given.forEach((row, k) => {
        row.forEach((value, j) => {
          expect(Math.abs(value - expected.y[k][j])).toBeLessThan(1e-5);
        });
      });
    },
  );
});

describe("a zip file", () => {
  const config = new TextEncoder().encode("{}");

  test("that unfolds to more than it says is refused", async () => {
    const files = {"config.json": new Uint8Array(10_000_000), "model.weights.h5": config};
    const bytes = zipFile(files, "deflated", {"config.json": 100});
    expect(bytes.length).toBeLessThan(20_000);
    await expect(importBytes("model.keras", bytes)).rejects.toThrow("too many bytes in the stream");
  });

  test("that says it unfolds to more than 64 MiB is refused unread", async () => {
    const bytes = zipFile({"config.json": config, "model.weights.h5": config}, "deflated", {
      "config.json": 65 * 1024 * 1024,
    });
    await expect(importBytes("model.keras", bytes)).rejects.toThrow("at most 64 MiB");
  });

  test("without weights is refused", async () => {
    await expect(importBytes("model.keras", zipFile({"config.json": config}, "stored"))).rejects.toThrow(
      'expected one file "model.weights.h5" in it, found 0',
    );
  });
});
