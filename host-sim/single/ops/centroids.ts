import {centroids} from "../../../runtime/ops/centroids.js";
import {BLOCK, blockCount, type Operator, type Step} from "../../../runtime/ops/operator.js";
import {round} from "../round.js";

/** What runtime/native/ops/centroids.c does in single precision. */
export const singleCentroids: Operator = {...centroids, forward, backward, addGradients, learn};

function forward(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parameters, parametersAt, inputSize, inputAt, outputAt} = step;
  for (let j = from; j < to; j++) {
    let sum = 0;
    for (let i = 0; i < inputSize; i++) {
      const difference = round(arena[inputAt + i] - parameters[parametersAt + j * inputSize + i]);
      sum = round(sum - round(difference * difference));
    }
    arena[outputAt + j] = sum;
  }
}

function backward(step: Step, from = 0, to = blockCount(step.outputSize)): void {
  const {arena, parameters, parametersAt, inputSize, outputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  if (inputDeltaAt < 0) return;
  if (from === 0) arena.fill(0, inputDeltaAt, inputDeltaAt + inputSize);
  for (let block = from; block < to; block++) {
    const end = Math.min(BLOCK * block + BLOCK, outputSize);
    for (let i = 0; i < inputSize; i++) {
      let sum = 0;
      for (let j = BLOCK * block; j < end; j++) {
        const difference = round(parameters[parametersAt + j * inputSize + i] - arena[inputAt + i]);
        sum = round(sum + round(round(arena[outputDeltaAt + j] * 2) * difference));
      }
      arena[inputDeltaAt + i] += sum;
    }
  }
}

function addGradients(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parametersAt, gradientsAt, inputSize, inputAt, outputDeltaAt} = step;
  for (let j = from; j < to; j++) {
    const delta = arena[outputDeltaAt + j];
    if (delta === 0) continue;
    const row = j * inputSize;
    for (let i = 0; i < inputSize; i++) {
      const difference = round(arena[inputAt + i] - arena[parametersAt + row + i]);
      arena[gradientsAt + row + i] += round(round(delta * 2) * difference);
    }
  }
}

function learn(step: Step, learningRate: number, from = 0, to = blockCount(step.outputSize)): void {
  const {arena, parametersAt, inputSize, outputSize, inputAt, outputDeltaAt} = step;
  const rate = round(learningRate);
  backward(step, from, to);
  let nearest = 0;
  while (nearest < outputSize - 1 && arena[outputDeltaAt + nearest] === 0) nearest++;
  if (nearest < BLOCK * from || nearest >= BLOCK * to) return;
  const countAt = parametersAt + inputSize * outputSize + nearest;
  const count = round(arena[countAt] + 1);
  const share = round(count * rate) < 1 ? round(1 / count) : rate;
  const row = parametersAt + nearest * inputSize;
  for (let i = 0; i < inputSize; i++)
    arena[row + i] += round(share * round(arena[inputAt + i] - arena[row + i]));
  arena[countAt] = count;
}
