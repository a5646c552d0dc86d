import {OperatorCode} from "../image/format.js";
import {BLOCK, blockCount, type Operator, type Step} from "./operator.js";

/**
 * Centroids of clusters: output[j] = -(sum over i of (input[i] - centroid[j, i])^2), minus the squared distance, so that
 * the largest output is the nearest centroid's.
 *
 * Parameters: centroids, row by row (outputSize x inputSize), then outputSize counts: how many examples each has taken.
 * Counts have no derivative; optimizers that store gradients leave them as they are.
 *
 * Learning in place is k-means, one example at a time (J. MacQueen, "Some Methods for Classification and Analysis of
 * Multivariate Observations", 1967): the nearest centroid's count n grows by 1 and the centroid moves by 1 / n of the
 * way to the example, which keeps it the mean of all that it took. Where 1 / n has fallen below the learning rate, it
 * moves by the learning rate instead, so that it follows examples that drift and forgets old ones. A learning rate is thus
 * a share of the way, and at most 1: then a centroid jumps to each example that it takes.
 */
export const centroids: Operator = Object.freeze({
  code: OperatorCode.centroids,
  name: "centroids",
  inPlace: false,
  parameterCount: (inputSize: number, outputSize: number) => (inputSize + 1) * outputSize,
  forward,
  backward,
  addGradients,
  learn,
  largestRate: 1,
});

function forward(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parameters, inputSize, inputAt, outputAt} = step;
  let row = step.parametersAt + from * inputSize;
  for (let j = from; j < to; j++) {
    let sum = 0;
    for (let i = 0; i < inputSize; i++) {
      const difference = arena[inputAt + i] - parameters[row + i];
      sum -= difference * difference;
    }
    arena[outputAt + j] = sum;
    row += inputSize;
  }
}

/** inputDelta[i] = sum over j of outputDelta[j] * 2 (centroid[j, i] - input[i]), block by block. */
function backward(step: Step, from = 0, to = blockCount(step.outputSize)): void {
  const {arena, parameters, parametersAt, inputSize, outputSize, inputAt, inputDeltaAt, outputDeltaAt} = step;
  if (inputDeltaAt < 0) return;
  if (from === 0) arena.fill(0, inputDeltaAt, inputDeltaAt + inputSize);
  for (let block = from; block < to; block++) {
    const end = BLOCK * block + BLOCK < outputSize ? BLOCK * block + BLOCK : outputSize;
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      let sum = 0;
      for (let j = BLOCK * block; j < end; j++)
        sum += arena[outputDeltaAt + j] * 2 * (parameters[parametersAt + j * inputSize + i] - x);
      arena[inputDeltaAt + i] += sum;
    }
  }
}

/** gradient of centroid[j, i] += outputDelta[j] * 2 (input[i] - centroid[j, i]). */
function addGradients(step: Step, from = 0, to = step.outputSize): void {
  const {arena, parametersAt, gradientsAt, inputSize, inputAt, outputDeltaAt} = step;
  for (let j = from; j < to; j++) {
    const delta = arena[outputDeltaAt + j];
    if (delta === 0) continue;
    const row = j * inputSize;
    for (let i = 0; i < inputSize; i++)
      arena[gradientsAt + row + i] += delta * 2 * (arena[inputAt + i] - arena[parametersAt + row + i]);
  }
}

/** The loss's delta says which centroid is the nearest: it alone has one, and moves with its block. */
function learn(step: Step, learningRate: number, from = 0, to = blockCount(step.outputSize)): void {
  const {arena, parametersAt, inputSize, outputSize, inputAt, outputDeltaAt} = step;
  // Before anything moves; the rows of other blocks don't move.
  backward(step, from, to);
  let nearest = 0;
  while (nearest < outputSize - 1 && arena[outputDeltaAt + nearest] === 0) nearest++;
  if (nearest < BLOCK * from || nearest >= BLOCK * to) return;
  const countAt = parametersAt + inputSize * outputSize + nearest;
  const count = arena[countAt] + 1;
  const share = count * learningRate < 1 ? 1 / count : learningRate;
  const row = parametersAt + nearest * inputSize;
  for (let i = 0; i < inputSize; i++) arena[row + i] += share * (arena[inputAt + i] - arena[row + i]);
  arena[countAt] = count;
}
