import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {type OnnxNode, type OnnxSource, onnxFile} from "./onnx-files.js";

/** A dense layer made of MatMul and Add, a batch normalization behind its bias, and one behind its activation. */
const draw = drawer(11);
const column = (size: number) => ({shape: [size], numbers: drawNumbers(draw, size)});
const positive = (size: number) => ({
  shape: [size],
  numbers: drawNumbers(draw, size).map((value) => value * value + 0.1),
});
export const matrix = (rows: number, columns: number) => ({
  shape: [rows, columns],
  numbers: drawNumbers(draw, rows * columns),
});
export const floats = {
  "by input": matrix(6, 4),
  bias: {shape: [1, 4], numbers: drawNumbers(draw, 4)},
  gamma: column(4),
  beta: column(4),
  mean: column(4),
  variance: positive(4),
  "by unit": matrix(3, 4),
  last: matrix(3, 2),
  "last bias": {shape: [], numbers: Float32Array.of(0.25)},
  half: {shape: [1], numbers: Float32Array.of(0.5)},
  rate: {shape: [], numbers: Float32Array.of(0.25)},
};
const normalize = ["gamma", "beta", "mean", "variance"];
const steps: readonly Omit<OnnxNode, "output">[] = [
  {operator: "Reshape", inputs: ["flat"]},
  {operator: "MatMul", inputs: ["by input"]},
  {operator: "Add", inputs: ["bias"]},
  {operator: "BatchNormalization", inputs: normalize, floats: {epsilon: 0.01}},
  {operator: "LeakyRelu", inputs: []},
  {operator: "BatchNormalization", inputs: normalize},
  {operator: "Identity", inputs: []},
  {operator: "Gemm", inputs: ["by unit"], wholes: {transB: 1}, floats: {alpha: 0.5}},
  {operator: "Mul", inputs: ["half"]},
  {operator: "Tanh", inputs: []},
  {operator: "Dropout", inputs: ["rate"]},
  {operator: "Flatten", inputs: []},
  {operator: "Gemm", inputs: ["last", "last bias"], floats: {beta: 2}},
  {operator: "Softmax", inputs: [], wholes: {axis: 1}},
];
const chained = (all: readonly Omit<OnnxNode, "output">[]): OnnxNode[] =>
  all.map((node, k) => ({
    ...node,
    inputs: [k === 0 ? "x" : `t${k - 1}`, ...node.inputs],
    output: k === all.length - 1 ? "y" : `t${k}`,
  }));
export const byHand: OnnxSource = {
  nodes: chained(steps),
  floats,
  wholes: {flat: [1, -1]},
  input: [2, 3],
  outputs: 2,
};

/** @returns the file of it */
export function onnxByHand(): Uint8Array {
  return onnxFile(byHand);
}

/** @returns the file with one node more, behind the dropout */
export function onnxFileWith(step: Omit<OnnxNode, "output">, wholes: OnnxSource["wholes"] = {}): Uint8Array {
  const nodes = chained([...steps.slice(0, 11), step, ...steps.slice(11)]);
  return onnxFile({...byHand, nodes, wholes: {...byHand.wholes, ...wholes}});
}
