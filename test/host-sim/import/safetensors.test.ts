import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {writeSafetensors} from "../../../compiler/export/safetensors.js";
import {lower} from "../../../compiler/graph/lower.js";
import {importBytes, outputsOf} from "./import-file.js";

const description = checkDescription({
  name: "small",
  input: {columns: ["a", "b", "c"]},
  preprocessing: [],
  layers: [
    {type: "dense", units: 2, activation: "relu", dropout: 0.5},
    {type: "dense", units: 1, activation: "sigmoid"},
  ],
});

/** A file by hand: the format's 8 bytes of length, the header, the numbers. */
function file(
  tensors: Readonly<Record<string, {readonly shape: readonly number[]; readonly numbers: readonly number[]}>>,
  changed: Readonly<Record<string, object>> = {},
): Uint8Array {
  const header: Record<string, object> = {};
  const numbers: number[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const from = 4 * numbers.length;
    numbers.push(...tensor.numbers);
    const own = {dtype: "F32", shape: tensor.shape, data_offsets: [from, 4 * numbers.length]};
    header[name] = {...own, ...changed[name]};
  }
  const text = new TextEncoder().encode(JSON.stringify({__metadata__: {format: "pt"}, ...header}));
  const bytes = new Uint8Array(8 + text.length + 4 * numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(new Uint8Array(Float32Array.from(numbers).buffer), 8 + text.length);
  return bytes;
}

const tensors = {
  "10.weight": {shape: [1, 2], numbers: [1, -1]},
  "10.bias": {shape: [1], numbers: [0]},
  "2.weight": {shape: [2, 3], numbers: [1, 2, 3, 4, 5, 6]},
  "2.bias": {shape: [2], numbers: [0, -20]},
};

describe("weights as safetensors", () => {
  test("go out and come back with the same bytes", async () => {
    const graph = lower(description);
    const {image} = compile(description, ["adam"], {graph, stages: []});
    const {compiled} = await importBytes("a.safetensors", writeSafetensors(description, {graph}), {
      description,
      learn: ["adam"],
    });
    expect(compiled.image).toEqual(image);
  });

  test("are taken in the order of the numbers in their names, as PyTorch counts modules", async () => {
    const imported = await importBytes("a.safetensors", file(tensors), {description});
    // relu(1 + 2 + 3) - relu(4 + 5 + 6 - 20) = 6
    expect(outputsOf(imported, [[1, 1, 1]])[0][0]).toBeCloseTo(1 / (1 + Math.exp(-6)), 6);
  });

  test("are turned where they are kernels, a row an input", async () => {
    const kernels = {
      "dense.kernel": {shape: [3, 2], numbers: [1, 4, 2, 5, 3, 6]},
      "dense.bias": {shape: [2], numbers: [0, -20]},
      "dense_1.kernel": {shape: [2, 1], numbers: [1, -1]},
    };
    const imported = await importBytes("a.safetensors", file(kernels), {description});
    expect([...imported.layers[0].weights]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...imported.layers[1].biases]).toEqual([0]);
  });

  test.each<[string, Uint8Array, string]>([
    ["half precision", file(tensors, {"2.bias": {dtype: "F16"}}), "2.bias: expected F32"],
    [
      "numbers that another tensor has too",
      file(tensors, {"2.bias": {data_offsets: [0, 8]}}),
      "expected a tensor's bytes from",
    ],
    ["a shape for more numbers", file(tensors, {"2.weight": {shape: [2, 4]}}), "2.weight: expected 32 bytes"],
    [
      "another layer",
      file({...tensors, "11.weight": {shape: [1, 1], numbers: [1]}}),
      "expected 2 dense layers",
    ],
    [
      "a name of something else",
      file({...tensors, "3.running_mean": {shape: [1], numbers: [1]}}),
      "3.running_mean",
    ],
    [
      "a number that isn't one",
      file({...tensors, "2.bias": {shape: [2], numbers: [0, Number.NaN]}}),
      'tensors "2": biases[1]: expected a finite number, found NaN',
    ],
    ["a header without end", file(tensors).slice(0, 40), "header: expected 2 to 32 bytes"],
    ["too few bytes", file(tensors).slice(0, -4), "expected"],
  ])("with %s are refused", async (_, bytes, message) => {
    await expect(importBytes("a.safetensors", bytes, {description})).rejects.toThrow(message);
  });

  test("without a description are refused", async () => {
    await expect(importBytes("a.safetensors", file(tensors))).rejects.toThrow("Name it with --model");
  });
});
