import {OperatorCode} from "../image/format.js";
import {penaltySlope} from "../learning/penalty.js";
import {blockCount, type Operator, type Step} from "./operator.js";

/**
 * Fully connected layer: output[j] = bias[j] + sum over i of weight[j, i] * input[i].
 *
 * Parameters: weights, row by row (outputSize x inputSize), then outputSize biases. Sums start from the bias.
 */
export const dense: Operator = Object.freeze({
  code: OperatorCode.dense,
  name: "dense",
  inPlace: false,
  isAffine: true,
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

/** Twelve rows a pass while there are as many: an input is read once for all, and reading a typed array is what costs on XS. */
function forward(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parameters, inputSize, outputSize, inputAt, outputAt} = step;
  const biasAt = step.parametersAt + inputSize * outputSize;
  let row0 = step.parametersAt + from * inputSize;
  let j = from;
  for (; j + 11 < to; j += 12) {
    const row1 = row0 + inputSize;
    const row2 = row1 + inputSize;
    const row3 = row2 + inputSize;
    const row4 = row3 + inputSize;
    const row5 = row4 + inputSize;
    const row6 = row5 + inputSize;
    const row7 = row6 + inputSize;
    const row8 = row7 + inputSize;
    const row9 = row8 + inputSize;
    const row10 = row9 + inputSize;
    const row11 = row10 + inputSize;
    let sum0 = parameters[biasAt + j];
    let sum1 = parameters[biasAt + j + 1];
    let sum2 = parameters[biasAt + j + 2];
    let sum3 = parameters[biasAt + j + 3];
    let sum4 = parameters[biasAt + j + 4];
    let sum5 = parameters[biasAt + j + 5];
    let sum6 = parameters[biasAt + j + 6];
    let sum7 = parameters[biasAt + j + 7];
    let sum8 = parameters[biasAt + j + 8];
    let sum9 = parameters[biasAt + j + 9];
    let sum10 = parameters[biasAt + j + 10];
    let sum11 = parameters[biasAt + j + 11];
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      sum0 += parameters[row0 + i] * x;
      sum1 += parameters[row1 + i] * x;
      sum2 += parameters[row2 + i] * x;
      sum3 += parameters[row3 + i] * x;
      sum4 += parameters[row4 + i] * x;
      sum5 += parameters[row5 + i] * x;
      sum6 += parameters[row6 + i] * x;
      sum7 += parameters[row7 + i] * x;
      sum8 += parameters[row8 + i] * x;
      sum9 += parameters[row9 + i] * x;
      sum10 += parameters[row10 + i] * x;
      sum11 += parameters[row11 + i] * x;
    }
    arena[outputAt + j] = sum0;
    arena[outputAt + j + 1] = sum1;
    arena[outputAt + j + 2] = sum2;
    arena[outputAt + j + 3] = sum3;
    arena[outputAt + j + 4] = sum4;
    arena[outputAt + j + 5] = sum5;
    arena[outputAt + j + 6] = sum6;
    arena[outputAt + j + 7] = sum7;
    arena[outputAt + j + 8] = sum8;
    arena[outputAt + j + 9] = sum9;
    arena[outputAt + j + 10] = sum10;
    arena[outputAt + j + 11] = sum11;
    row0 = row11 + inputSize;
  }
  for (; j + 7 < to; j += 8) {
    const row1 = row0 + inputSize;
    const row2 = row1 + inputSize;
    const row3 = row2 + inputSize;
    const row4 = row3 + inputSize;
    const row5 = row4 + inputSize;
    const row6 = row5 + inputSize;
    const row7 = row6 + inputSize;
    let sum0 = parameters[biasAt + j];
    let sum1 = parameters[biasAt + j + 1];
    let sum2 = parameters[biasAt + j + 2];
    let sum3 = parameters[biasAt + j + 3];
    let sum4 = parameters[biasAt + j + 4];
    let sum5 = parameters[biasAt + j + 5];
    let sum6 = parameters[biasAt + j + 6];
    let sum7 = parameters[biasAt + j + 7];
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      sum0 += parameters[row0 + i] * x;
      sum1 += parameters[row1 + i] * x;
      sum2 += parameters[row2 + i] * x;
      sum3 += parameters[row3 + i] * x;
      sum4 += parameters[row4 + i] * x;
      sum5 += parameters[row5 + i] * x;
      sum6 += parameters[row6 + i] * x;
      sum7 += parameters[row7 + i] * x;
    }
    arena[outputAt + j] = sum0;
    arena[outputAt + j + 1] = sum1;
    arena[outputAt + j + 2] = sum2;
    arena[outputAt + j + 3] = sum3;
    arena[outputAt + j + 4] = sum4;
    arena[outputAt + j + 5] = sum5;
    arena[outputAt + j + 6] = sum6;
    arena[outputAt + j + 7] = sum7;
    row0 = row7 + inputSize;
  }
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
  if (j + 1 < to) {
    const row1 = row0 + inputSize;
    let sum0 = parameters[biasAt + j];
    let sum1 = parameters[biasAt + j + 1];
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      sum0 += parameters[row0 + i] * x;
      sum1 += parameters[row1 + i] * x;
    }
    arena[outputAt + j] = sum0;
    arena[outputAt + j + 1] = sum1;
    row0 = row1 + inputSize;
    j += 2;
  }
  if (j < to) {
    let sum = parameters[biasAt + j];
    for (let i = 0; i < inputSize; i++) sum += parameters[row0 + i] * arena[inputAt + i];
    arena[outputAt + j] = sum;
  }
}

/**
 * inputDelta[i] = sum over j of weight[j, i] * outputDelta[j], block by block of eight outputs: the sum of a block is added
 * to what the blocks before have stored. Units are blocks.
 */
function backward(step: Step, from = 0, to = blockCount(step.outputSize)): void {
  if (step.inputDeltaAt < 0) return;
  if (from === 0) step.arena.fill(0, step.inputDeltaAt, step.inputDeltaAt + step.inputSize);
  for (let block = from; block < to; block++) {
    let j = 8 * block;
    if (j + 8 <= step.outputSize) backwardEight(step, j);
    else {
      for (; j + 1 < step.outputSize; j += 2) backwardTwo(step, j);
      if (j < step.outputSize) backwardOne(step, j);
    }
  }
}

function backwardEight(step: Step, j: number): void {
  const {arena, parameters, inputSize, inputDeltaAt, outputDeltaAt} = step;
  const row0 = step.parametersAt + j * inputSize;
  const row1 = row0 + inputSize;
  const row2 = row1 + inputSize;
  const row3 = row2 + inputSize;
  const row4 = row3 + inputSize;
  const row5 = row4 + inputSize;
  const row6 = row5 + inputSize;
  const row7 = row6 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  const delta2 = arena[outputDeltaAt + j + 2];
  const delta3 = arena[outputDeltaAt + j + 3];
  const delta4 = arena[outputDeltaAt + j + 4];
  const delta5 = arena[outputDeltaAt + j + 5];
  const delta6 = arena[outputDeltaAt + j + 6];
  const delta7 = arena[outputDeltaAt + j + 7];
  for (let i = 0; i < inputSize; i++) {
    arena[inputDeltaAt + i] +=
      parameters[row0 + i] * delta0 +
      parameters[row1 + i] * delta1 +
      parameters[row2 + i] * delta2 +
      parameters[row3 + i] * delta3 +
      parameters[row4 + i] * delta4 +
      parameters[row5 + i] * delta5 +
      parameters[row6 + i] * delta6 +
      parameters[row7 + i] * delta7;
  }
}

/** Two rows of a block that isn't full: each is rounded for itself. */
function backwardTwo(step: Step, j: number): void {
  const {arena, parameters, inputSize, inputDeltaAt, outputDeltaAt} = step;
  const row0 = step.parametersAt + j * inputSize;
  const row1 = row0 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  for (let i = 0; i < inputSize; i++) {
    arena[inputDeltaAt + i] += parameters[row0 + i] * delta0;
    arena[inputDeltaAt + i] += parameters[row1 + i] * delta1;
  }
}

function backwardOne(step: Step, j: number): void {
  const {arena, parameters, inputSize, inputDeltaAt} = step;
  const row = step.parametersAt + j * inputSize;
  const delta = arena[step.outputDeltaAt + j];
  for (let i = 0; i < inputSize; i++) arena[inputDeltaAt + i] += parameters[row + i] * delta;
}

/** gradient of weight[j, i] += outputDelta[j] * input[i]; gradient of bias[j] += outputDelta[j]. Units are outputs. */
function addGradients(step: Step, from = 0, to = step.outputSize): void {
  const {arena, gradientsAt, inputSize, outputSize, inputAt, outputDeltaAt} = step;
  const biasAt = gradientsAt + inputSize * outputSize;
  let j = from;
  for (; j + 7 < to; j += 8) addGradientsEight(step, j);
  for (; j + 1 < to; j += 2) addGradientsTwo(step, j);
  if (j < to) {
    const row = gradientsAt + j * inputSize;
    const delta = arena[outputDeltaAt + j];
    for (let i = 0; i < inputSize; i++) arena[row + i] += delta * arena[inputAt + i];
  }
  for (let k = from; k < to; k++) arena[biasAt + k] += arena[outputDeltaAt + k];
}

function addGradientsEight(step: Step, j: number): void {
  const {arena, inputSize, inputAt, outputDeltaAt} = step;
  const row0 = step.gradientsAt + j * inputSize;
  const row1 = row0 + inputSize;
  const row2 = row1 + inputSize;
  const row3 = row2 + inputSize;
  const row4 = row3 + inputSize;
  const row5 = row4 + inputSize;
  const row6 = row5 + inputSize;
  const row7 = row6 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  const delta2 = arena[outputDeltaAt + j + 2];
  const delta3 = arena[outputDeltaAt + j + 3];
  const delta4 = arena[outputDeltaAt + j + 4];
  const delta5 = arena[outputDeltaAt + j + 5];
  const delta6 = arena[outputDeltaAt + j + 6];
  const delta7 = arena[outputDeltaAt + j + 7];
  for (let i = 0; i < inputSize; i++) {
    const x = arena[inputAt + i];
    arena[row0 + i] += delta0 * x;
    arena[row1 + i] += delta1 * x;
    arena[row2 + i] += delta2 * x;
    arena[row3 + i] += delta3 * x;
    arena[row4 + i] += delta4 * x;
    arena[row5 + i] += delta5 * x;
    arena[row6 + i] += delta6 * x;
    arena[row7 + i] += delta7 * x;
  }
}

function addGradientsTwo(step: Step, j: number): void {
  const {arena, inputSize, inputAt, outputDeltaAt} = step;
  const row0 = step.gradientsAt + j * inputSize;
  const row1 = row0 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  for (let i = 0; i < inputSize; i++) {
    const x = arena[inputAt + i];
    arena[row0 + i] += delta0 * x;
    arena[row1 + i] += delta1 * x;
  }
}

/** Units are blocks of eight outputs, with their biases. */
function learn(step: Step, learningRate: number, from = 0, to = blockCount(step.outputSize)): void {
  const {arena, inputSize, inputDeltaAt, outputSize} = step;
  if (from === 0 && inputDeltaAt >= 0) arena.fill(0, inputDeltaAt, inputDeltaAt + inputSize);
  const last = to * 8 < outputSize ? to * 8 : outputSize;
  let j = from * 8;
  if (step.regularization === undefined) {
    for (; j + 7 < last; j += 8) {
      if (inputDeltaAt >= 0) learnEight(step, learningRate, j);
      else learnFirstEight(step, learningRate, j);
    }
    if (inputDeltaAt >= 0) for (; j + 1 < last; j += 2) learnTwo(step, learningRate, j);
  }
  for (; j < last; j++) learnOne(step, learningRate, j);
  learnBiases(step, learningRate, from * 8, last);
}

/** Eight rows: input deltas from the weights as they were, then the weights. */
function learnEight(step: Step, learningRate: number, j: number): void {
  const {arena, inputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  const row0 = step.parametersAt + j * inputSize;
  const row1 = row0 + inputSize;
  const row2 = row1 + inputSize;
  const row3 = row2 + inputSize;
  const row4 = row3 + inputSize;
  const row5 = row4 + inputSize;
  const row6 = row5 + inputSize;
  const row7 = row6 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  const delta2 = arena[outputDeltaAt + j + 2];
  const delta3 = arena[outputDeltaAt + j + 3];
  const delta4 = arena[outputDeltaAt + j + 4];
  const delta5 = arena[outputDeltaAt + j + 5];
  const delta6 = arena[outputDeltaAt + j + 6];
  const delta7 = arena[outputDeltaAt + j + 7];
  for (let i = 0; i < inputSize; i++) {
    const x = learningRate * arena[inputAt + i];
    let w = arena[row0 + i];
    let sum = w * delta0;
    arena[row0 + i] = w - delta0 * x;
    w = arena[row1 + i];
    sum += w * delta1;
    arena[row1 + i] = w - delta1 * x;
    w = arena[row2 + i];
    sum += w * delta2;
    arena[row2 + i] = w - delta2 * x;
    w = arena[row3 + i];
    sum += w * delta3;
    arena[row3 + i] = w - delta3 * x;
    w = arena[row4 + i];
    sum += w * delta4;
    arena[row4 + i] = w - delta4 * x;
    w = arena[row5 + i];
    sum += w * delta5;
    arena[row5 + i] = w - delta5 * x;
    w = arena[row6 + i];
    sum += w * delta6;
    arena[row6 + i] = w - delta6 * x;
    w = arena[row7 + i];
    sum += w * delta7;
    arena[row7 + i] = w - delta7 * x;
    arena[inputDeltaAt + i] += sum;
  }
}

/** Eight rows where nobody wants input deltas, as in the first layer. */
function learnFirstEight(step: Step, learningRate: number, j: number): void {
  const {arena, inputSize, inputAt, outputDeltaAt} = step;
  const row0 = step.parametersAt + j * inputSize;
  const row1 = row0 + inputSize;
  const row2 = row1 + inputSize;
  const row3 = row2 + inputSize;
  const row4 = row3 + inputSize;
  const row5 = row4 + inputSize;
  const row6 = row5 + inputSize;
  const row7 = row6 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  const delta2 = arena[outputDeltaAt + j + 2];
  const delta3 = arena[outputDeltaAt + j + 3];
  const delta4 = arena[outputDeltaAt + j + 4];
  const delta5 = arena[outputDeltaAt + j + 5];
  const delta6 = arena[outputDeltaAt + j + 6];
  const delta7 = arena[outputDeltaAt + j + 7];
  for (let i = 0; i < inputSize; i++) {
    const x = learningRate * arena[inputAt + i];
    arena[row0 + i] -= delta0 * x;
    arena[row1 + i] -= delta1 * x;
    arena[row2 + i] -= delta2 * x;
    arena[row3 + i] -= delta3 * x;
    arena[row4 + i] -= delta4 * x;
    arena[row5 + i] -= delta5 * x;
    arena[row6 + i] -= delta6 * x;
    arena[row7 + i] -= delta7 * x;
  }
}

/** Two rows of a block that isn't full: the input deltas of each are rounded for themselves. */
function learnTwo(step: Step, learningRate: number, j: number): void {
  const {arena, inputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  const row0 = step.parametersAt + j * inputSize;
  const row1 = row0 + inputSize;
  const delta0 = arena[outputDeltaAt + j];
  const delta1 = arena[outputDeltaAt + j + 1];
  for (let i = 0; i < inputSize; i++) {
    const x = learningRate * arena[inputAt + i];
    let w = arena[row0 + i];
    arena[inputDeltaAt + i] += w * delta0;
    arena[row0 + i] = w - delta0 * x;
    w = arena[row1 + i];
    arena[inputDeltaAt + i] += w * delta1;
    arena[row1 + i] = w - delta1 * x;
  }
}

function learnOne(step: Step, learningRate: number, j: number): void {
  const {arena, inputSize, inputAt, inputDeltaAt, regularization} = step;
  const row = step.parametersAt + j * inputSize;
  const delta = arena[step.outputDeltaAt + j];
  if (inputDeltaAt >= 0) {
    for (let i = 0; i < inputSize; i++) arena[inputDeltaAt + i] += arena[row + i] * delta;
  }
  if (regularization === undefined) {
    for (let i = 0; i < inputSize; i++) arena[row + i] -= delta * (learningRate * arena[inputAt + i]);
    return;
  }
  // The penalty's derivative too: l1 sign(p) + 2 l2 p, of each parameter as it was.
  for (let i = 0; i < inputSize; i++) {
    const w = arena[row + i];
    const change = delta * (learningRate * arena[inputAt + i]);
    arena[row + i] = w - (change + learningRate * penaltySlope(w, regularization.l1, regularization.l2));
  }
}

function learnBiases(step: Step, learningRate: number, from: number, to: number): void {
  const {arena, inputSize, outputSize, outputDeltaAt, regularization} = step;
  const biasAt = step.parametersAt + inputSize * outputSize;
  for (let j = from; j < to; j++) {
    const bias = arena[biasAt + j];
    let change = learningRate * arena[outputDeltaAt + j];
    if (regularization !== undefined)
      change += learningRate * penaltySlope(bias, regularization.biasL1, regularization.biasL2);
    arena[biasAt + j] = bias - change;
  }
}
