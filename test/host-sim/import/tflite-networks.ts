import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import type {TfliteLayer} from "../../runtime/reference/tflite.js";
import type {TfliteOperatorSource, TfliteSource, TfliteTensorSource} from "./tflite-files.js";

const ADD = 0;
const FULLY_CONNECTED = 9;
const LOGISTIC = 14;
const RESHAPE = 22;
const SOFTMAX = 25;
const TANH = 28;
const fused = (value: number) => [{field: 0, kind: "int8" as const, value}];

/** Three layers in float32, with activations in and behind them, and a bias that comes as an addition. */
export function float32Source(): TfliteSource & {readonly constants: readonly Float32Array[]} {
  const draw = drawer(17);
  const constants = [12, 4, 16, 4, 8, 2].map((count) => drawNumbers(draw, count));
  const [w1, b1, w2, b2, w3, added] = constants;
  const float = (name: string, shape: readonly number[], data?: Float32Array): TfliteTensorSource => ({
    name,
    shape,
    type: "float32",
    ...(data && {data}),
  });
  const tensors = [
    float("x", [1, 1, 3]),
    float("flat", [1, 3]),
    float("w1", [4, 3], w1),
    float("b1", [4], b1),
    float("h1", [1, 4]),
    float("w2", [4, 4], w2),
    float("b2", [4], b2),
    float("h2", [1, 4]),
    float("t2", [1, 4]),
    float("w3", [2, 4], w3),
    float("h3", [1, 2]),
    float("added", [2], added),
    float("a3", [1, 2]),
    float("y", [1, 2]),
  ];
  const at = (name: string) => tensors.findIndex((tensor) => tensor.name === name);
  const step = (
    code: number,
    inputs: readonly string[],
    output: string,
    options?: TfliteOperatorSource["options"],
  ): TfliteOperatorSource => ({
    code,
    inputs: inputs.map(at),
    outputs: [at(output)],
    ...(options && {options}),
  });
  return {
    tensors,
    constants,
    operators: [
      step(RESHAPE, ["x"], "flat"),
      step(FULLY_CONNECTED, ["flat", "w1", "b1"], "h1", fused(1)),
      step(FULLY_CONNECTED, ["h1", "w2", "b2"], "h2"),
      step(TANH, ["h2"], "t2"),
      step(FULLY_CONNECTED, ["t2", "w3", "none"], "h3"),
      step(ADD, ["h3", "added"], "a3"),
      step(SOFTMAX, ["a3"], "y", [{field: 0, kind: "float32", value: 1}]),
    ],
    input: at("x"),
    output: at("y"),
  };
}

interface Scaled {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Two layers in int8 with a scale for each unit and a sigmoid between them, and the same for the reference. */
export function int8Source(): {
  readonly source: TfliteSource;
  readonly layers: readonly (TfliteLayer & {readonly outputScale: number})[];
  readonly input: Scaled;
  readonly output: Scaled;
} {
  const draw = drawer(23);
  const input = {scale: Math.fround(0.02), zeroPoint: 12};
  const hidden = {scale: Math.fround(0.05), zeroPoint: -7};
  const activated = {scale: 1 / 256, zeroPoint: -128};
  const output = {scale: Math.fround(0.03), zeroPoint: 4};
  const bytes = (count: number) => Int8Array.from({length: count}, () => Math.floor(draw() * 255) - 127);
  const scales = (count: number) => Array.from({length: count}, () => Math.fround(0.005 + 0.02 * draw()));
  const [w1, w2] = [bytes(15), bytes(10)];
  const [s1, s2] = [scales(5), scales(2)];
  const biases = (count: number, size: number) =>
    Int32Array.from({length: count}, () => Math.floor((draw() - 0.5) * size));
  const [b1, b2] = [biases(5, 2000), biases(2, 20_000)];
  const int8 = (name: string, size: number, {scale, zeroPoint}: Scaled): TfliteTensorSource => ({
    name,
    shape: [1, size],
    type: "int8",
    scales: [scale],
    zeroPoint,
  });
  const tensors: TfliteTensorSource[] = [
    int8("x", 3, input),
    {name: "w1", shape: [5, 3], type: "int8", data: w1, scales: s1},
    {name: "b1", shape: [5], type: "int32", data: b1},
    int8("h1", 5, hidden),
    int8("a1", 5, activated),
    {name: "w2", shape: [2, 5], type: "int8", data: w2, scales: s2},
    {name: "b2", shape: [2], type: "int32", data: b2},
    int8("y", 2, output),
  ];
  const operators = [
    {code: FULLY_CONNECTED, inputs: [0, 1, 2], outputs: [3]},
    {code: LOGISTIC, inputs: [3], outputs: [4]},
    {code: FULLY_CONNECTED, inputs: [4, 5, 6], outputs: [7], options: fused(1)},
  ];
  return {
    source: {tensors, operators, input: 0, output: 7},
    layers: [layer(input, hidden, w1, s1, b1, -128), layer(activated, output, w2, s2, b2, output.zeroPoint)],
    input,
    output,
  };
}

function layer(
  from: Scaled,
  to: Scaled,
  weights: Int8Array,
  scales: readonly number[],
  biases: Int32Array,
  minimum: number,
): TfliteLayer & {outputScale: number} {
  const size = weights.length / scales.length;
  // With a scale for each unit, TensorFlow Lite multiplies and divides in float64.
  const reals = scales.map((scale) => (from.scale * scale) / to.scale);
  const shifts = reals.map((real) => Math.floor(Math.log2(real)) + 1);
  return {
    inputZero: from.zeroPoint,
    outputZero: to.zeroPoint,
    outputScale: to.scale,
    minimum,
    maximum: 127,
    weights: scales.map((_, j) => [...weights.subarray(j * size, (j + 1) * size)]),
    biases: [...biases],
    multipliers: reals.map((real, j) => Math.round((real / 2 ** shifts[j]) * 2 ** 31)),
    shifts,
  };
}

/** One layer, whole or with something wrong. */
export function bothKinds(change: {
  readonly hybrid?: boolean;
  readonly fused?: number;
  readonly open?: boolean;
  readonly weightZero?: number;
  readonly short?: boolean;
}): TfliteSource {
  const data = new Int8Array(change.short ? 11 : 12);
  const scaled = {scales: [0.5], zeroPoint: 0};
  const plain = change.hybrid ? ({type: "float32"} as const) : ({type: "int8", ...scaled} as const);
  return {
    tensors: [
      {name: "x", shape: [1, 3], ...plain},
      {
        name: "w",
        shape: [4, 3],
        type: "int8",
        scales: [0.5],
        zeroPoint: change.weightZero ?? 0,
        ...(change.open ? {} : {data}),
      },
      {name: "y", shape: [1, 4], ...plain},
    ],
    operators: [{code: FULLY_CONNECTED, inputs: [0, 1, -1], outputs: [2], options: fused(change.fused ?? 0)}],
    input: 0,
    output: 2,
  };
}
