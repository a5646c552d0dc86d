import {describe, expect, test} from "vitest";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {fullyConnected} from "../../runtime/reference/tflite.js";
import {importBytes, outputsOf} from "./import-file.js";
import {tfliteFile} from "./tflite-files.js";
import {bothKinds, float32Source, int8Source} from "./tflite-networks.js";

const draw = drawer(3);
const rows = Array.from({length: 20}, () => drawNumbers(draw, 3, 3));
const relu = (x: number) => Math.max(0, x);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe("a TensorFlow Lite file by hand", () => {
  test("in float32 gives what its operators say, one after the other", async () => {
    const source = float32Source();
    const [w1, b1, w2, b2, w3, added] = source.constants;
    const imported = await importBytes("a.tflite", tfliteFile(source));
    expect(imported.layers.map(({units, activation}) => [units, activation])).toEqual([
      [4, "relu"],
      [4, "tanh"],
      [2, "softmax"],
    ]);
    const dense = (
      weights: ArrayLike<number>,
      biases: ArrayLike<number> | undefined,
      x: number[],
      units: number,
    ) =>
      Array.from({length: units}, (_, j) =>
        x.reduce((sum, value, i) => sum + weights[j * x.length + i] * value, biases?.[j] ?? 0),
      );
    const given = outputsOf(imported, rows);
    rows.forEach((row, k) => {
      const one = dense(w1, b1, [...row], 4).map(relu);
      const two = dense(w2, b2, one, 4).map(Math.tanh);
      const three = dense(w3, undefined, two, 2).map((value, j) => Math.exp(value + added[j]));
      const sum = three[0] + three[1];
      three.forEach((value, j) => {
        expect(Math.abs(given[k][j] - value / sum)).toBeLessThan(1e-6);
      });
    });
  });

  test("in int8 with a scale for each unit gives every byte of the reference", async () => {
    const {source, layers, input, output} = int8Source();
    const imported = await importBytes("a.tflite", tfliteFile(source));
    const bytes = Array.from({length: 200}, () =>
      Array.from({length: 3}, () => Math.floor(draw() * 256) - 128),
    );
    const given = outputsOf(
      imported,
      bytes.map((row) => row.map((q) => (q - input.zeroPoint) * input.scale)),
    );
    bytes.forEach((row, k) => {
      const between = fullyConnected(layers[0], row);
      const table = between.map((q) => {
        const value = sigmoid((q - layers[0].outputZero) * layers[0].outputScale);
        return Math.min(127, Math.max(-128, Math.round(value * 256) - 128));
      });
      const wanted = fullyConnected(layers[1], table);
      expect([...given[k]].map((value) => Math.round(value / output.scale) + output.zeroPoint)).toEqual(
        wanted,
      );
    });
  });

  test("in int8 becomes what it stands for when float32 is asked for, to train on", async () => {
    const {source} = int8Source();
    const whole = await importBytes("a.tflite", tfliteFile(source));
    const float = await importBytes("a.tflite", tfliteFile(source), {numbers: "float32", learn: ["adam"]});
    // Within what the input's scale holds.
    const held = rows.map((row) => row.map((x) => x / 2));
    const [one, other] = [whole, float].map((imported) => outputsOf(imported, held));
    // Rounded to steps of 0.02, 0.05, 1/256 and 0.03 on the way.
    one.forEach((row, k) => {
      row.forEach((value, j) => {
        expect(Math.abs(value - other[k][j])).toBeLessThan(0.2);
      });
    });
    expect(float.compiled.quantization.format).toBe("float32");
  });

  test("in int8 lets its last layer learn, but not all: none of its whole numbers would be left", async () => {
    const file = tfliteFile(int8Source().source);
    const last = await importBytes("a.tflite", file, {learn: [{optimizer: "adam", layers: 1}]});
    expect(last.compiled.graph.nodes.map(({operator}) => operator.runtime.name).slice(0, 2)).toEqual([
      "quantize",
      "denseInt8",
    ]);
    await expect(importBytes("a.tflite", file, {learn: ["adam"]})).rejects.toThrow(
      "a.tflite: learning: expected a layer that stays in whole numbers, found none",
    );
  });

  test.each<[string, Parameters<typeof bothKinds>[0], RegExp]>([
    ["floats and whole numbers in one layer", {hybrid: true}, /in float32, or in int8 throughout/],
    ["RELU6", {fused: 3}, /train it with ReLU in place of RELU6/],
    ["weights that no constant holds", {open: true}, /make its weights and biases constants/],
    ["a zero point in its weights", {weightZero: 3}, /weights with zero point 0, found 3/],
    ["too few weights", {short: true}, /expected 12 bytes, found 11/],
  ])("with %s is refused", async (_, change, message) => {
    await expect(importBytes("a.tflite", tfliteFile(bothKinds(change)))).rejects.toThrow(message);
  });

  test("in int8 with an addition in float32 behind it is refused: its whole numbers would say something else", async () => {
    const {source} = int8Source();
    const DEQUANTIZE = 6;
    const ADD = 0;
    const float = {type: "float32", shape: [1, 2]} as const;
    const tensors = [
      ...source.tensors,
      {name: "d", ...float},
      {name: "constant", type: "float32" as const, shape: [2], data: Float32Array.of(1, 2)},
      {name: "sum", ...float},
    ];
    const operators = [
      ...source.operators,
      {code: DEQUANTIZE, inputs: [7], outputs: [8]},
      {code: ADD, inputs: [8, 9], outputs: [10]},
    ];
    const file = tfliteFile({...source, tensors, operators, output: 10});
    await expect(importBytes("a.tflite", file)).rejects.toThrow(
      /ADD "sum".*move it into the layer before it/,
    );
  });

  test("with an addition along another axis than the features' is refused", async () => {
    const float = (name: string, shape: readonly number[], data?: Float32Array) => ({
      name,
      shape,
      type: "float32" as const,
      ...(data && {data}),
    });
    // Three numbers for three features, but below each other: the sum has three rows.
    const tensors = [
      float("x", [1, 3]),
      float("w", [3, 3], Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)),
      float("h", [1, 3]),
      float("column", [3, 1], Float32Array.of(1, 2, 3)),
      float("y", [3, 3]),
    ];
    const operators = [
      {code: 9, inputs: [0, 1, -1], outputs: [2]},
      {code: 0, inputs: [2, 3], outputs: [4]},
    ];
    await expect(
      importBytes("a.tflite", tfliteFile({tensors, operators, input: 0, output: 4})),
    ).rejects.toThrow(/ADD "y".*let the constant have one number a feature/);
  });

  test("with a softmax of each row of several is refused: ours goes over all features", async () => {
    const float = (name: string, shape: readonly number[], data?: Float32Array) => ({
      name,
      shape,
      type: "float32" as const,
      ...(data && {data}),
    });
    const tensors = [
      float("x", [1, 3]),
      float("w", [4, 3], new Float32Array(12).fill(0.5)),
      float("h", [1, 4]),
      float("rows", [1, 2, 2]),
      float("y", [1, 2, 2]),
    ];
    const operators = [
      {code: 9, inputs: [0, 1, -1], outputs: [2]},
      {code: 22, inputs: [2], outputs: [3]},
      {code: 25, inputs: [3], outputs: [4], options: [{field: 0, kind: "float32" as const, value: 1}]},
    ];
    await expect(
      importBytes("a.tflite", tfliteFile({tensors, operators, input: 0, output: 4})),
    ).rejects.toThrow(/SOFTMAX "y".*let it go over flat features/);
  });

  test("that names the same weights so often that they would fill the memory is refused", async () => {
    const data = new Float32Array(1024 * 1024);
    const tensors = [
      {name: "w", type: "float32" as const, shape: [1024, 1024], data},
      ...Array.from({length: 18}, (_, k) => ({name: `t${k}`, type: "float32" as const, shape: [1, 1024]})),
    ];
    const operators = Array.from({length: 17}, (_, k) => ({
      code: 9,
      inputs: [k + 1, 0, -1],
      outputs: [k + 2],
    }));
    const file = tfliteFile({tensors, operators, input: 1, output: 18});
    await expect(importBytes("a.tflite", file)).rejects.toThrow(
      "at most 16777216 numbers in all weights, found more",
    );
  });

  test("that ends too early is refused", async () => {
    const bytes = tfliteFile(float32Source());
    await expect(importBytes("a.tflite", bytes.slice(0, 200))).rejects.toThrow(
      /a\.tflite: expected places inside/,
    );
  });
});
