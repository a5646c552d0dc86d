import {dense} from "../../../runtime/ops/dense.js";
import {BLOCK, blockCount, type Operator, type Step} from "../../../runtime/ops/operator.js";
import {round} from "../round.js";

/** What runtime/native/ops/dense.c does in single precision. What is stored is rounded by the store. */
export const singleDense: Operator = {...dense, forward, backward, addGradients, learn};

export function forward(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parameters, parametersAt, inputSize, outputSize, inputAt, outputAt} = step;
  for (let j = from; j < to; j++) {
    const row = parametersAt + j * inputSize;
    let sum = parameters[parametersAt + inputSize * outputSize + j];
    for (let i = 0; i < inputSize; i++) sum = round(sum + round(parameters[row + i] * arena[inputAt + i]));
    arena[outputAt + j] = sum;
  }
}

function backward(step: Step, from = 0, to = blockCount(step.outputSize)): void {
  if (step.inputDeltaAt < 0) return;
  if (from === 0) step.arena.fill(0, step.inputDeltaAt, step.inputDeltaAt + step.inputSize);
  for (let block = from; block < to; block++) addInputDeltas(step, block);
}

/** A whole block's sum is added to what is stored; the outputs of one that isn't whole are added one by one. */
function addInputDeltas(step: Step, block: number): void {
  const {arena, parameters, parametersAt, inputSize, outputSize, inputDeltaAt, outputDeltaAt} = step;
  const first = BLOCK * block;
  const isWhole = first + BLOCK <= outputSize;
  for (let i = 0; i < inputSize; i++) {
    const product = (j: number) =>
      round(parameters[parametersAt + j * inputSize + i] * arena[outputDeltaAt + j]);
    if (isWhole) {
      let sum = product(first);
      for (let j = first + 1; j < first + BLOCK; j++) sum = round(sum + product(j));
      arena[inputDeltaAt + i] += sum;
    } else for (let j = first; j < outputSize; j++) arena[inputDeltaAt + i] += product(j);
  }
}

function addGradients(step: Step, from = 0, to = step.outputSize): void {
  const {arena, gradientsAt, inputSize, outputSize, inputAt, outputDeltaAt} = step;
  for (let j = from; j < to; j++) {
    const row = gradientsAt + j * inputSize;
    const delta = arena[outputDeltaAt + j];
    for (let i = 0; i < inputSize; i++) arena[row + i] += round(delta * arena[inputAt + i]);
    arena[gradientsAt + inputSize * outputSize + j] += delta;
  }
}

function learn(step: Step, learningRate: number, from = 0, to = blockCount(step.outputSize)): void {
  const {arena, inputSize, inputDeltaAt, outputSize} = step;
  const rate = round(learningRate);
  if (from === 0 && inputDeltaAt >= 0) arena.fill(0, inputDeltaAt, inputDeltaAt + inputSize);
  for (let block = from; block < to; block++) {
    const last = Math.min(BLOCK * (block + 1), outputSize);
    // A row with a penalty is learned by itself, so its input deltas are added by themselves too.
    if (step.regularization === undefined && last === BLOCK * (block + 1)) {
      if (inputDeltaAt >= 0) addInputDeltas(step, block);
      for (let j = BLOCK * block; j < last; j++) learnRow(step, rate, j, false);
    } else for (let j = BLOCK * block; j < last; j++) learnRow(step, rate, j, inputDeltaAt >= 0);
    for (let j = BLOCK * block; j < last; j++) learnBias(step, rate, j);
  }
}

function learnRow(step: Step, rate: number, j: number, hasInputDelta: boolean): void {
  const {arena, parametersAt, inputSize, inputAt, inputDeltaAt, outputDeltaAt, regularization} = step;
  const row = parametersAt + j * inputSize;
  const delta = arena[outputDeltaAt + j];
  for (let i = 0; i < inputSize; i++) {
    const w = arena[row + i];
    if (hasInputDelta) arena[inputDeltaAt + i] += round(w * delta);
    let change = round(delta * round(rate * arena[inputAt + i]));
    if (regularization !== undefined)
      change = round(change + round(rate * slopeOf(w, regularization.l1, regularization.l2)));
    arena[row + i] = w - change;
  }
}

function learnBias(step: Step, rate: number, j: number): void {
  const {arena, parametersAt, inputSize, outputSize, outputDeltaAt, regularization} = step;
  const at = parametersAt + inputSize * outputSize + j;
  const bias = arena[at];
  let change = round(rate * arena[outputDeltaAt + j]);
  if (regularization !== undefined)
    change = round(change + round(rate * slopeOf(bias, regularization.biasL1, regularization.biasL2)));
  arena[at] = bias - change;
}

export function slopeOf(p: number, l1: number, l2: number): number {
  const slope = round(2 * l2 * p);
  if (p > 0) return round(slope + l1);
  return p < 0 ? round(slope - l1) : slope;
}
