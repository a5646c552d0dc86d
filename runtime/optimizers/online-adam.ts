import {checkOption, checkOptionNames} from "../check-option.js";
import {penaltySlope} from "../learning/penalty.js";
import type {Regularization, Step} from "../ops/operator.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";

/**
 * Adam (see adam.ts), one example at a time, in place: gradient, both moments and the update in one sweep over the
 * parameters. No gradient is ever stored, so that it takes 12 bytes a parameter in the place of 16.
 *
 * The same steps as Adam's with a batch of 1, written with fewer operations. With the gradient g of example t = 1, 2, ...
 *
 *     q = sqrt(1 - beta2) g          m = beta1 m + q          v = beta2 v + q^2
 *     parameter -= rate * m / (sqrt(v) + epsilon * correction)
 *
 * where correction = sqrt(1 - beta2^t) and rate = learningRate * correction * (1 - beta1) / (sqrt(1 - beta2) (1 - beta1^t)).
 * v is Adam's own; m is Adam's times sqrt(1 - beta2) / (1 - beta1).
 *
 * One OnlineAdam serves one learner: it counts that learner's examples.
 * States: m of all parameters, then v of all.
 */
export class OnlineAdam implements Optimizer {
  // Private to TypeScript alone: on XS each #name that a method mentions takes a slot of its stack frame.

  readonly name = "online-adam";
  readonly gradients = 0;
  readonly states = 2;
  readonly cost = 7;
  learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  /** beta1^t and beta2^t */
  private beta1Power = 1;
  private beta2Power = 1;

  /** @param options learningRate above 0 (0.001), beta1 (0.9) and beta2 (0.999) within (0, 1), epsilon above 0 (1e-7)
   * @throws InputError naming the option that is out of its range */
  constructor(
    options: {
      learningRate?: number | undefined;
      beta1?: number | undefined;
      beta2?: number | undefined;
      epsilon?: number | undefined;
    } = {},
  ) {
    checkOptionNames(options, ["learningRate", "beta1", "beta2", "epsilon"]);
    this.learningRate = options.learningRate ?? 0.001;
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-7;
    checkOption("learningRate", this.learningRate, 0, Infinity);
    checkOption("beta1", this.beta1, 0, 1);
    checkOption("beta2", this.beta2, 0, 1);
    checkOption("epsilon", this.epsilon, 0, Infinity);
  }

  reset(): void {
    this.beta1Power = 1;
    this.beta2Power = 1;
  }

  begin(): void {
    this.beta1Power *= this.beta1;
    this.beta2Power *= this.beta2;
  }

  /** Four rows a pass, so that an input is read once for four weights; biases, and rows with a penalty, one by one. */
  learnRows(step: Step, places: LearnedPlaces, learningRate: number, from: number, to: number): void {
    const {arena, parametersAt, inputSize, inputAt, outputDeltaAt} = step;
    const root = Math.sqrt;
    const beta1 = this.beta1;
    const beta2 = this.beta2;
    const scale = root(1 - beta2);
    const correction = root(1 - this.beta2Power);
    const rate = (learningRate * correction * (1 - beta1)) / (scale * (1 - this.beta1Power));
    const epsilon = this.epsilon * correction;
    // From a parameter to its m and its v.
    const toMean = places.statesAt - places.parametersAt;
    const toSquare = toMean + places.learned;
    let k = 0;
    let q = 0;
    let m = 0;
    let v = 0;
    let j = from;
    if (step.regularization === undefined) {
      for (; j + 3 < to; j += 4) {
        const row0 = parametersAt + j * inputSize;
        const row1 = row0 + inputSize;
        const row2 = row1 + inputSize;
        const row3 = row2 + inputSize;
        const delta0 = scale * arena[outputDeltaAt + j];
        const delta1 = scale * arena[outputDeltaAt + j + 1];
        const delta2 = scale * arena[outputDeltaAt + j + 2];
        const delta3 = scale * arena[outputDeltaAt + j + 3];
        for (let i = 0; i < inputSize; i++) {
          const x = arena[inputAt + i];
          k = row0 + i;
          q = delta0 * x;
          m = beta1 * arena[k + toMean] + q;
          v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toMean] = m;
          arena[k + toSquare] = v;
          arena[k] -= (rate * m) / (root(v) + epsilon);
          k = row1 + i;
          q = delta1 * x;
          m = beta1 * arena[k + toMean] + q;
          v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toMean] = m;
          arena[k + toSquare] = v;
          arena[k] -= (rate * m) / (root(v) + epsilon);
          k = row2 + i;
          q = delta2 * x;
          m = beta1 * arena[k + toMean] + q;
          v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toMean] = m;
          arena[k + toSquare] = v;
          arena[k] -= (rate * m) / (root(v) + epsilon);
          k = row3 + i;
          q = delta3 * x;
          m = beta1 * arena[k + toMean] + q;
          v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toMean] = m;
          arena[k + toSquare] = v;
          arena[k] -= (rate * m) / (root(v) + epsilon);
        }
      }
    }
    const biasAt = parametersAt + inputSize * step.outputSize;
    for (let row = from; row < to; row++) {
      const delta = scale * arena[outputDeltaAt + row];
      for (let i = row < j ? inputSize : 0; i <= inputSize; i++) {
        if (i < inputSize) {
          k = parametersAt + row * inputSize + i;
          q = delta * arena[inputAt + i];
        } else {
          k = biasAt + row;
          q = delta;
        }
        if (step.regularization !== undefined)
          q += scale * slopeOf(step.regularization, arena[k], i < inputSize);
        m = beta1 * arena[k + toMean] + q;
        v = beta2 * arena[k + toSquare] + q * q;
        arena[k + toMean] = m;
        arena[k + toSquare] = v;
        arena[k] -= (rate * m) / (root(v) + epsilon);
      }
    }
  }
}

/** @returns the penalty's derivative by a weight or a bias */
function slopeOf({l1, l2, biasL1, biasL2}: Regularization, p: number, isWeight: boolean): number {
  return isWeight ? penaltySlope(p, l1, l2) : penaltySlope(p, biasL1, biasL2);
}
