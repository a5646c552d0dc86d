import {existsSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {fitOf} from "../../../compiler/fit/fit.js";
import {readTfliteFile, type TfliteTensor} from "../../../compiler/import/tflite-file.js";
import {boardNames, findBoard} from "../../../devices/boards.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import type {ImportedModel} from "../../../host-sim/import/import-model.js";
import {simulateOnBoard} from "../../../host-sim/replay/simulate-on-board.js";
import {buildEngine} from "../../../host-sim/xs/engine.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {fullyConnected, type TfliteLayer} from "../../runtime/reference/tflite.js";
import {missingArmTool} from "../xs/arm-tools.js";
import {importBytes, outputsOf} from "./import-file.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data/mlperf-tiny");
const absent = !existsSync(folder) && process.env.CI === undefined;
if (absent) console.warn(`SKIPPED: MLPerf Tiny's networks, as there is no folder ${folder}`);

const read = (name: string) => new Uint8Array(readFileSync(resolve(folder, name)));

/** Logarithms of energies, as the networks were trained on, lie within about these. */
const inputs = Array.from({length: 40}, (_, k) => drawNumbers(drawer(k), 640, k % 2 === 0 ? 60 : 5));

function numbersOf({data = new Uint8Array(0)}: TfliteTensor, read: "getFloat32" | "getInt32"): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({length: data.length / 4}, (_, k) => view[read](4 * k, true));
}

describe.skipIf(absent)("the float32 network for anomalies in sounds", () => {
  test("gives what a plain evaluation in float64 gives, within 1e-4 of the outputs' size", async () => {
    const bytes = read("ad01_fp32.tflite");
    const layers = readTfliteFile(bytes, "file").operators.map(({inputs: [, weights, biases]}) => ({
      weights: numbersOf(weights as TfliteTensor, "getFloat32"),
      biases: numbersOf(biases as TfliteTensor, "getFloat32"),
    }));
    const evaluate = (input: ArrayLike<number>) =>
      layers.reduce(
        (values, {weights, biases}, k) =>
          biases.map((bias, j) => {
            const sum = values.reduce((total, x, i) => total + weights[j * values.length + i] * x, bias);
            return k < layers.length - 1 ? Math.max(0, sum) : sum;
          }),
        Array.from(input),
      );
    const given = outputsOf(await importBytes("ad01_fp32.tflite", bytes), inputs);
    inputs.forEach((input, k) => {
      const wanted = evaluate(input);
      const size = Math.max(...wanted.map(Math.abs));
      wanted.forEach((value, j) => {
        expect(Math.abs(given[k][j] - value)).toBeLessThan(1e-4 * size);
      });
    });
  });
});

describe.skipIf(absent)("the int8 network for anomalies in sounds", () => {
  let imported: ImportedModel;

  beforeAll(async () => {
    imported = await importBytes("ad01_int8.tflite", read("ad01_int8.tflite"));
  });

  test("gives every byte that TensorFlow Lite's integer arithmetic gives", () => {
    const layers = layersOf(read("ad01_int8.tflite"));
    const graph = readTfliteFile(read("ad01_int8.tflite"), "file");
    const [from] = graph.inputs;
    const [to] = graph.outputs;
    const scaleOf = ({quantized}: TfliteTensor) => [quantized?.scales[0] ?? 0, quantized?.zeroPoints[0] ?? 0];
    const [inputScale, inputZero] = scaleOf(from);
    const [outputScale, outputZero] = scaleOf(to);
    const draw = drawer(7);
    const bytes = Array.from({length: 100}, () =>
      Array.from({length: 640}, () => Math.floor(draw() * 256) - 128),
    );
    const given = outputsOf(
      imported,
      bytes.map((row) => row.map((q) => (q - inputZero) * inputScale)),
    );
    bytes.forEach((row, k) => {
      const wanted = layers.reduce<number[]>((values, layer) => fullyConnected(layer, values), row);
      expect([...given[k]].map((value) => Math.round(value / outputScale) + outputZero)).toEqual(wanted);
    });
  });

  test("takes a quarter of the float32 network's flash, and its arena is told for every board", async () => {
    const float = await importBytes("ad01_fp32.tflite", read("ad01_fp32.tflite"));
    expect(imported.compiled.image.length).toBeLessThan(float.compiled.image.length / 3.7);
    // 640 float32 inputs, 640 float32 outputs and the 640 int8 numbers that they come of.
    const arenas = boardNames().map(
      (name) => fitOf(imported.compiled, findBoard(name), false, undefined).uses[0].needs.arenaBytes,
    );
    expect(new Set(arenas)).toEqual(new Set([4 * 640 + 4 * 640 + 640]));
  });
});

/** From the file's own numbers, in the reference's form. */
function layersOf(bytes: Uint8Array): TfliteLayer[] {
  return readTfliteFile(bytes, "file").operators.map(
    ({inputs: [x, weights, biases], outputs: [y]}, k, all) => {
      const scale = (tensor?: TfliteTensor) => tensor?.quantized?.scales[0] ?? 0;
      const zero = (tensor?: TfliteTensor) => tensor?.quantized?.zeroPoints[0] ?? 0;
      const [units, size] = weights?.shape ?? [];
      const int8 = new Int8Array((weights as TfliteTensor).data!.slice().buffer);
      // The product is a float32 number in TensorFlow Lite, the quotient a float64 one.
      const real = Math.fround(scale(x) * scale(weights)) / scale(y);
      const exponent = Math.floor(Math.log2(real)) + 1;
      const multiplier = Math.round((real / 2 ** exponent) * 2 ** 31);
      const isLast = k === all.length - 1;
      return {
        inputZero: zero(x),
        outputZero: zero(y),
        minimum: isLast ? -128 : zero(y),
        maximum: 127,
        weights: Array.from({length: units}, (_, j) => [...int8.subarray(j * size, (j + 1) * size)]),
        biases: numbersOf(biases as TfliteTensor, "getInt32"),
        multipliers: new Array<number>(units).fill(multiplier),
        shifts: new Array<number>(units).fill(exponent),
      };
    },
  );
}

describe.skipIf(absent)("the int8 network with a last layer that learns", () => {
  test("keeps the others as they are, and is told what would make it fit a small board", async () => {
    const learn = [{optimizer: "adam", layers: 1}] as const;
    const {compiled} = await importBytes("ad01_int8.tflite", read("ad01_int8.tflite"), {learn});
    const kinds = compiled.graph.nodes.map(({operator}) => operator.runtime.name);
    expect(kinds).toEqual(["quantize", ...new Array(9).fill("denseInt8"), "dequantize", "denseInt8Weights"]);
    const [, learning] = fitOf(compiled, findBoard("esp8266"), true, undefined).uses;
    expect(learning.fits).toBe(false);
    expect(learning.changes.some(({change}) => change.includes("hidden units"))).toBe(true);
  });
});

describe.skipIf(absent)("from flash, inside a board's memory", () => {
  const columns = Array.from({length: 640}, (_, k) => `x${k}`);
  const targets = Array.from({length: 640}, (_, k) => `y${k}`);
  const recordings = makeDataset(
    columns,
    inputs.slice(0, 1).map((samples) => ({
      label: "any",
      rows: 1,
      source: "made",
      samples,
      targets: new Float32Array(640),
    })),
    [],
    targets,
  );

  const run = async (board: string, target?: "cortex-m4f") => {
    const {compiled} = await importBytes("ad01_int8.tflite", read("ad01_int8.tflite"));
    const engine = await buildEngine({environment: {...process.env, MODDABLE: ""}, ...(target && {target})});
    const model = {...compiled, module: compiled.module.javascript};
    return simulateOnBoard(model, recordings, findBoard(board), engine);
  };

  test("the int8 network runs in the ESP32's record, with Node's bytes", async () => {
    const {exit, simulation} = await run("esp32");
    expect(exit.kind).toBe("ok");
    expect(simulation?.sameBytesAsNode).toBe(true);
  });

  test.skipIf(missingArmTool !== undefined)("and on an emulated Cortex-M4F, with the same", async () => {
    const {exit, simulation} = await run("nrf52840", "cortex-m4f");
    expect(exit.kind).toBe("ok");
    expect(simulation?.sameBytesAsNode).toBe(true);
  });
});
