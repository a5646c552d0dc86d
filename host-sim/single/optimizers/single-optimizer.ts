import type {LearnedPlaces, Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {OptimizerCode} from "../../../runtime/optimizers/optimizer-code.js";
import {slopeOf} from "../ops/dense.js";
import {round} from "../round.js";

/** One update of parameters `from` to `to`; `numbers` are what the optimizer gives C. */
type Update = (
  arena: Float32Array,
  places: LearnedPlaces,
  from: number,
  to: number,
  learningRate: number,
  examples: number,
  numbers: Float64Array,
) => void;

/** What runtime/native/optimizers/ does in single precision. What an update begins with is double, rounded once. */
const updates: Readonly<Record<number, Update>> = {
  [OptimizerCode.sgd]: (arena, {parametersAt, gradientsAt}, from, to, learningRate, examples) => {
    const rate = round(learningRate / examples);
    for (let k = from; k < to; k++) arena[parametersAt + k] -= round(rate * arena[gradientsAt + k]);
  },
  [OptimizerCode.momentum]: (arena, places, from, to, learningRate, examples, numbers) => {
    const {parametersAt, gradientsAt, statesAt} = places;
    const gamma = round(numbers[0]);
    const rate = round(learningRate / examples);
    for (let k = from; k < to; k++) {
      const v = round(round(gamma * arena[statesAt + k]) + round(rate * arena[gradientsAt + k]));
      arena[statesAt + k] = v;
      arena[parametersAt + k] -= v;
    }
  },
  [OptimizerCode.adagrad]: (arena, places, from, to, learningRate, examples, numbers) => {
    const {parametersAt, gradientsAt, statesAt} = places;
    const epsilon = round(numbers[0]);
    const rate = round(learningRate);
    const share = round(1 / examples);
    for (let k = from; k < to; k++) {
      const g = round(arena[gradientsAt + k] * share);
      const v = round(arena[statesAt + k] + round(g * g));
      arena[statesAt + k] = v;
      arena[parametersAt + k] -= round(round(rate * g) / round(round(Math.sqrt(v)) + epsilon));
    }
  },
  [OptimizerCode.rmsprop]: (arena, places, from, to, learningRate, examples, numbers) => {
    const {parametersAt, gradientsAt, statesAt} = places;
    const rho = round(numbers[0]);
    const rest = round(1 - numbers[0]);
    const epsilon = round(numbers[1]);
    const rate = round(learningRate);
    const share = round(1 / examples);
    for (let k = from; k < to; k++) {
      const g = round(arena[gradientsAt + k] * share);
      const v = round(round(rho * arena[statesAt + k]) + round(round(rest * g) * g));
      arena[statesAt + k] = v;
      arena[parametersAt + k] -= round(round(rate * g) / round(round(Math.sqrt(v)) + epsilon));
    }
  },
  [OptimizerCode.adam]: (arena, places, from, to, learningRate, examples, numbers) => {
    const {parametersAt, gradientsAt, statesAt, learned} = places;
    const [beta1, beta2, epsilon] = [0, 1, 2].map((k) => round(numbers[k]));
    const [rest1, rest2] = [0, 1].map((k) => round(1 - numbers[k]));
    const rate = round(learningRate / (1 - numbers[3]));
    const correction = round(1 / (1 - numbers[4]));
    const share = round(1 / examples);
    const squaresAt = statesAt + learned;
    for (let k = from; k < to; k++) {
      const g = round(arena[gradientsAt + k] * share);
      const m = round(round(beta1 * arena[statesAt + k]) + round(rest1 * g));
      const v = round(round(beta2 * arena[squaresAt + k]) + round(round(rest2 * g) * g));
      arena[statesAt + k] = m;
      arena[squaresAt + k] = v;
      const root = round(Math.sqrt(round(v * correction)));
      arena[parametersAt + k] -= round(round(rate * m) / round(root + epsilon));
    }
  },
};

/** What runtime/native/optimizers/online-adam.c does in single precision. */
function learnRowsOnline(numbers: Float64Array): NonNullable<Optimizer["learnRows"]> {
  return (step, places, learningRate, from, to) => {
    const {arena, parametersAt, inputAt, inputSize, outputSize, outputDeltaAt, regularization} = step;
    const [beta1, beta2] = [round(numbers[0]), round(numbers[1])];
    const share = Math.sqrt(1 - numbers[1]);
    const correction = Math.sqrt(1 - numbers[4]);
    const rate = round((learningRate * correction * (1 - numbers[0])) / (share * (1 - numbers[3])));
    const scale = round(UNIT * share);
    const epsilon = round(UNIT * numbers[2] * correction) || SMALLEST_NORMAL;
    const toMean = places.statesAt - places.parametersAt;
    const learn = (k: number, product: number, l1 = 0, l2 = 0) => {
      const mean = k + toMean;
      const square = mean + places.learned;
      const q =
        regularization === undefined ? product : round(product + round(scale * slopeOf(arena[k], l1, l2)));
      const m = round(round(beta1 * arena[mean]) + q);
      const v = round(round(beta2 * arena[square]) + round(q * q));
      arena[mean] = m;
      arena[square] = v;
      arena[k] -= round(round(rate * m) / round(round(Math.sqrt(v)) + epsilon));
    };
    const biasAt = parametersAt + inputSize * outputSize;
    for (let j = from; j < to; j++) {
      const delta = round(scale * arena[outputDeltaAt + j]);
      for (let i = 0; i < inputSize; i++) {
        const product = round(delta * arena[inputAt + i]);
        learn(parametersAt + j * inputSize + i, product, regularization?.l1, regularization?.l2);
      }
      learn(biasAt + j, delta, regularization?.biasL1, regularization?.biasL2);
    }
  };
}

const UNIT = 2 ** -16;
const SMALLEST_NORMAL = 2 ** -126;

/** @returns the optimizer, with its update in single precision; the same one where C doesn't know it either */
export function singleOptimizer(optimizer: Optimizer): Optimizer {
  if (optimizer.code === OptimizerCode.onlineAdam) {
    const numbers = new Float64Array(5);
    const learnRows = learnRowsOnline(numbers);
    optimizer.learnRows = (step, places, learningRate, from, to) => {
      optimizer.giveNumbers?.(numbers, 0);
      learnRows(step, places, learningRate, from, to);
    };
    return optimizer;
  }
  const update = updates[optimizer.code ?? 0];
  if (update === undefined) return optimizer;
  const numbers = new Float64Array(5);
  optimizer.update = (arena, places, from, to, learningRate, examples) => {
    optimizer.giveNumbers?.(numbers, 0);
    update(arena, places, from, to, learningRate, examples, numbers);
  };
  return optimizer;
}
