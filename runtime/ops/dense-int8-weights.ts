import {OperatorCode} from "../image/format.js";
import type {Operator, Step} from "./operator.js";

/**
 * Fully connected layer whose weights are int8, symmetric, with a scale for each output; inputs and outputs are float32:
 * output[j] = bias[j] + scale[j] * (sum over i of weight[j, i] * input[i]), rounded once.
 *
 * Constants: outputSize biases, then outputSize scales. Int8: weights row by row. Where the layer learns, dense takes
 * its place, with weight[j, i] * scale[j] as a float32 number.
 */
export const denseInt8Weights: Operator = Object.freeze({
  code: OperatorCode.denseInt8Weights,
  name: "denseInt8Weights",
  inPlace: false,
  parameterCount: (inputSize: number, outputSize: number) => (inputSize + 1) * outputSize,
  constantCount: (_inputSize: number, outputSize: number) => 2 * outputSize,
  int8Count: (inputSize: number, outputSize: number) => inputSize * outputSize,
  learnsAs: OperatorCode.dense,
  unpack,
  forward,
  backward: () => {},
});

/** Four rows a pass, as dense. */
function forward(step: Step): void {
  const {arena, image, int8At, constantsAt, inputSize, outputSize, inputAt, outputAt} = step;
  const {constants, int8} = image;
  const scaleAt = constantsAt + outputSize;
  let row0 = int8At;
  let j = 0;
  for (; j + 3 < outputSize; j += 4) {
    const row1 = row0 + inputSize;
    const row2 = row1 + inputSize;
    const row3 = row2 + inputSize;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      sum0 += int8[row0 + i] * x;
      sum1 += int8[row1 + i] * x;
      sum2 += int8[row2 + i] * x;
      sum3 += int8[row3 + i] * x;
    }
    arena[outputAt + j] = constants[constantsAt + j] + constants[scaleAt + j] * sum0;
    arena[outputAt + j + 1] = constants[constantsAt + j + 1] + constants[scaleAt + j + 1] * sum1;
    arena[outputAt + j + 2] = constants[constantsAt + j + 2] + constants[scaleAt + j + 2] * sum2;
    arena[outputAt + j + 3] = constants[constantsAt + j + 3] + constants[scaleAt + j + 3] * sum3;
    row0 = row3 + inputSize;
  }
  for (; j < outputSize; j++) {
    let sum = 0;
    for (let i = 0; i < inputSize; i++) sum += int8[row0 + i] * arena[inputAt + i];
    arena[outputAt + j] = constants[constantsAt + j] + constants[scaleAt + j] * sum;
    row0 += inputSize;
  }
}

function unpack(step: Step, arena: Float32Array, at: number): void {
  const {image, int8At, constantsAt, inputSize, outputSize} = step;
  const {constants, int8} = image;
  let k = 0;
  for (let j = 0; j < outputSize; j++) {
    const scale = constants[constantsAt + outputSize + j];
    for (let i = 0; i < inputSize; i++, k++) arena[at + k] = int8[int8At + k] * scale;
  }
  for (let j = 0; j < outputSize; j++) arena[at + k + j] = constants[constantsAt + j];
}
