import {penaltySlope} from "../../../runtime/learning/penalty.js";
import type {Step} from "../../../runtime/ops/operator.js";
import type {LearnedPlaces, Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {OptimizerCode} from "../../../runtime/optimizers/optimizer-code.js";
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

/** An example's rows of Adam in place, as runtime/native/optimizers/online-adam.c goes through them. */
function learnOnlineAdamRows(
  step: Step,
  {parametersAt, statesAt, learned}: LearnedPlaces,
  learningRate: number,
  from: number,
  to: number,
  numbers: Float64Array,
): void {
  const {arena, inputSize, outputSize, inputAt, outputDeltaAt, regularization} = step;
  const share = Math.sqrt(1 - numbers[1]);
  const exactCorrection = Math.sqrt(1 - numbers[4]);
  const [beta1, beta2] = [round(numbers[0]), round(numbers[1])];
  const rate = round((learningRate * exactCorrection * (1 - numbers[0])) / (share * (1 - numbers[3])));
  const scale = round(UNIT * share);
  const epsilon = round(UNIT * numbers[2] * exactCorrection);
  const learn = (at: number, q: number) => {
    const mean = statesAt + at - parametersAt;
    const m = round(round(beta1 * arena[mean]) + q);
    const v = round(round(beta2 * arena[mean + learned]) + round(q * q));
    arena[mean] = m;
    arena[mean + learned] = v;
    arena[at] -= round(round(rate * m) / round(round(Math.sqrt(v)) + epsilon));
  };
  const penalized = (q: number, at: number, l1: number, l2: number) =>
    round(q + round(scale * round(penaltySlope(arena[at], l1, l2))));
  for (let j = from; j < to; j++) {
    const own = round(scale * arena[outputDeltaAt + j]);
    for (let i = 0; i < inputSize; i++) {
      const at = step.parametersAt + j * inputSize + i;
      const q = round(own * arena[inputAt + i]);
      learn(at, regularization ? penalized(q, at, regularization.l1, regularization.l2) : q);
    }
  }
  for (let j = from; j < to; j++) {
    const at = step.parametersAt + inputSize * outputSize + j;
    const q = round(scale * arena[outputDeltaAt + j]);
    learn(at, regularization ? penalized(q, at, regularization.biasL1, regularization.biasL2) : q);
  }
}

/** As in runtime/optimizers/online-adam.ts. */
const UNIT = 2 ** -16;

/** @returns the optimizer, with its update in single precision; the same one where C doesn't know it either */
export function singleOptimizer(optimizer: Optimizer): Optimizer {
  const numbers = new Float64Array(5);
  if (optimizer.code === OptimizerCode.onlineAdam)
    optimizer.learnRows = (step, places, learningRate, from, to) => {
      optimizer.giveNumbers?.(numbers, 0);
      learnOnlineAdamRows(step, places, learningRate, from, to, numbers);
    };
  const update = updates[optimizer.code ?? 0];
  if (update === undefined) return optimizer;
  optimizer.update = (arena, places, from, to, learningRate, examples) => {
    optimizer.giveNumbers?.(numbers, 0);
    update(arena, places, from, to, learningRate, examples, numbers);
  };
  return optimizer;
}
