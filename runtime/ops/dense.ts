import {OperatorCode} from "../image/format.js";
import {penaltySlope} from "../learning/penalty.js";
import type {Operator, Regularization, Step} from "./operator.js";

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
  weightCount,
  forward,
  backward,
  addGradients,
  learn,
});

function parameterCount(inputSize: number, outputSize: number): number {
  return (inputSize + 1) * outputSize;
}

function weightCount(inputSize: number, outputSize: number): number {
  return inputSize * outputSize;
}

/** Four rows a pass: an input is read once for four weights, and reading a typed array is what costs on XS. */
function forward(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parameters, inputSize, outputSize, inputAt, outputAt} = step;
  const biasAt = step.parametersAt + inputSize * outputSize;
  let row0 = step.parametersAt + from * inputSize;
  let j = from;
  for (; j + 3 < to; j += 4) {
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
  for (; j < to; j++) {
    let sum = parameters[biasAt + j];
    for (let i = 0; i < inputSize; i++) sum += parameters[row0 + i] * arena[inputAt + i];
    arena[outputAt + j] = sum;
    row0 += inputSize;
  }
}

/** inputDelta[i] = sum over j of weight[j, i] * outputDelta[j]. */
function backward(step: Step, from = 0, to = step.inputSize): void {
  const {arena, parameters, parametersAt, inputSize, outputSize, inputDeltaAt, outputDeltaAt} = step;
  if (inputDeltaAt < 0) return;
  for (let i = from; i < to; i++) {
    let sum = 0;
    let k = parametersAt + i;
    for (let j = 0; j < outputSize; j++) {
      sum += parameters[k] * arena[outputDeltaAt + j];
      k += inputSize;
    }
    arena[inputDeltaAt + i] = sum;
  }
}

/** gradient of weight[j, i] += outputDelta[j] * input[i]; gradient of bias[j] += outputDelta[j]. */
function addGradients(step: Step, from = 0, to = step.outputSize): void {
  const {arena, gradientsAt, inputSize, outputSize, inputAt, outputDeltaAt} = step;
  const biasAt = gradientsAt + inputSize * outputSize;
  let row = gradientsAt + from * inputSize;
  for (let j = from; j < to; j++) {
    const delta = arena[outputDeltaAt + j];
    for (let i = 0; i < inputSize; i++) arena[row + i] += delta * arena[inputAt + i];
    arena[biasAt + j] += delta;
    row += inputSize;
  }
}

/** The last unit, behind the inputs, is the biases. Few variables here: what is called has many, and stacks are small. */
function learn(step: Step, learningRate: number, from = 0, to = step.inputSize + 1): void {
  if (step.regularization === undefined) learnPlain(step, learningRate, from, to);
  else learnPenalized(step, step.regularization, learningRate, from, to);
}

function learnPlain(step: Step, learningRate: number, from: number, to: number): void {
  const {arena, parametersAt, inputSize, outputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  const end = to < inputSize ? to : inputSize;
  for (let i = from; i < end; i++) {
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
  if (to <= inputSize) return;
  const biasAt = parametersAt + inputSize * outputSize;
  for (let j = 0; j < outputSize; j++) arena[biasAt + j] -= learningRate * arena[outputDeltaAt + j];
}

/** The same with the penalty's derivative, l1 sign(p) + 2 l2 p, of each parameter as it was. */
function learnPenalized(
  step: Step,
  {l1, l2, biasL1, biasL2}: Regularization,
  learningRate: number,
  from: number,
  to: number,
): void {
  const {arena, parametersAt, inputSize, outputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  const end = to < inputSize ? to : inputSize;
  for (let i = from; i < end; i++) {
    const x = arena[inputAt + i];
    let sum = 0;
    let k = parametersAt + i;
    for (let j = 0; j < outputSize; j++) {
      const delta = arena[outputDeltaAt + j];
      const weight = arena[k];
      sum += weight * delta;
      arena[k] = weight - learningRate * (delta * x + penaltySlope(weight, l1, l2));
      k += inputSize;
    }
    if (inputDeltaAt >= 0) arena[inputDeltaAt + i] = sum;
  }
  if (to <= inputSize) return;
  const biasAt = parametersAt + inputSize * outputSize;
  for (let j = 0; j < outputSize; j++) {
    const bias = arena[biasAt + j];
    arena[biasAt + j] = bias - learningRate * (arena[outputDeltaAt + j] + penaltySlope(bias, biasL1, biasL2));
  }
}
