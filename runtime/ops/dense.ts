import {OperatorCode} from "../image/format.js";
import type {Operator, Step} from "./operator.js";

/**
 * Fully connected layer: output[j] = bias[j] + sum over i of weight[j, i] * input[i].
 *
 * Parameters: weights, row by row (outputSize x inputSize), then outputSize biases. Sums start from the bias.
 */
export const dense: Operator = Object.freeze({
  code: OperatorCode.dense,
  name: "dense",
  inPlace: false,
  parameterCount,
  forward,
  backward,
  learn,
});

function parameterCount(inputSize: number, outputSize: number): number {
  return (inputSize + 1) * outputSize;
}

/** Four rows a pass: an input is read once for four weights, and reading a typed array is what costs on XS. */
function forward(step: Step): void {
  const {arena, parameters, inputSize, outputSize, inputAt, outputAt} = step;
  const biasAt = step.parametersAt + inputSize * outputSize;
  let row0 = step.parametersAt;
  let j = 0;
  for (; j + 3 < outputSize; j += 4) {
    const row1 = row0 + inputSize;
    const row2 = row1 + inputSize;
    const row3 = row2 + inputSize;
    let sum0 = parameters[biasAt + j];
    let sum1 = parameters[biasAt + j + 1];
    let sum2 = parameters[biasAt + j + 2];
    let sum3 = parameters[biasAt + j + 3];
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      sum0 += parameters[row0 + i] * x;
      sum1 += parameters[row1 + i] * x;
      sum2 += parameters[row2 + i] * x;
      sum3 += parameters[row3 + i] * x;
    }
    arena[outputAt + j] = sum0;
    arena[outputAt + j + 1] = sum1;
    arena[outputAt + j + 2] = sum2;
    arena[outputAt + j + 3] = sum3;
    row0 = row3 + inputSize;
  }
  for (; j < outputSize; j++) {
    let sum = parameters[biasAt + j];
    for (let i = 0; i < inputSize; i++) sum += parameters[row0 + i] * arena[inputAt + i];
    arena[outputAt + j] = sum;
    row0 += inputSize;
  }
}

/**
 * gradient of weight[j, i] += outputDelta[j] * input[i]; gradient of bias[j] += outputDelta[j];
 * inputDelta[i] = sum over j of weight[j, i] * outputDelta[j].
 */
function backward(step: Step): void {
  const {arena, gradientsAt, inputSize, outputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  if (gradientsAt >= 0) {
    const biasAt = gradientsAt + inputSize * outputSize;
    let row = gradientsAt;
    for (let j = 0; j < outputSize; j++) {
      const delta = arena[outputDeltaAt + j];
      for (let i = 0; i < inputSize; i++) arena[row + i] += delta * arena[inputAt + i];
      arena[biasAt + j] += delta;
      row += inputSize;
    }
  }
  if (inputDeltaAt >= 0) {
    const {parameters, parametersAt} = step;
    for (let i = 0; i < inputSize; i++) {
      let sum = 0;
      let k = parametersAt + i;
      for (let j = 0; j < outputSize; j++) {
        sum += parameters[k] * arena[outputDeltaAt + j];
        k += inputSize;
      }
      arena[inputDeltaAt + i] = sum;
    }
  }
}

function learn(step: Step, learningRate: number): void {
  const {arena, parametersAt, inputSize, outputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  for (let i = 0; i < inputSize; i++) {
    const x = arena[inputAt + i];
    let sum = 0;
    let k = parametersAt + i;
    for (let j = 0; j < outputSize; j++) {
      const delta = arena[outputDeltaAt + j];
      const weight = arena[k];
      sum += weight * delta;
      arena[k] = weight - learningRate * delta * x;
      k += inputSize;
    }
    if (inputDeltaAt >= 0) arena[inputDeltaAt + i] = sum;
  }
  const biasAt = parametersAt + inputSize * outputSize;
  for (let j = 0; j < outputSize; j++) arena[biasAt + j] -= learningRate * arena[outputDeltaAt + j];
}
