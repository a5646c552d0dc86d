import {checkOption, checkOptionNames} from "../check-option.js";
import {penaltySlope} from "../learning/penalty.js";
import type {Step} from "../ops/operator.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/**
 * Adam (see adam.ts), one example at a time, in place: gradient, both moments and the update in one sweep over the
 * parameters. No gradient is ever stored, so that it takes 12 bytes a parameter in the place of 16.
 *
 * The same steps as Adam's with a batch of 1, written with fewer operations. With the gradient g of example t = 1, 2, ...
 *
 *     q = unit sqrt(1 - beta2) g          m = beta1 m + q          v = beta2 v + q^2
 *     parameter -= rate * m / (sqrt(v) + unit * epsilon * correction)
 *
 * where correction = sqrt(1 - beta2^t) and rate = learningRate * correction * (1 - beta1) / (sqrt(1 - beta2) (1 - beta1^t)).
 * The unit, 2^-16, cancels out to the bit where gradients are above 1e-12, and lets those of up to 2^79 be squared in
 * float32: a bound in place is a coarse one. v is Adam's times unit^2; m is Adam's times unit * sqrt(1 - beta2) / (1 - beta1).
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
  readonly largestGradient = LARGEST_GRADIENT;
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
    // Times unit and correction it must stay above 0.
    if (this.epsilon < SMALLEST) this.epsilon = SMALLEST;
  }

  get code(): number {
    return codeOf(this, OnlineAdam.prototype, OptimizerCode.onlineAdam);
  }

  reset(): void {
    this.beta1Power = 1;
    this.beta2Power = 1;
  }

  get progressSize(): number {
    return 2;
  }

  writeProgress(numbers: Float64Array, at: number): void {
    numbers[at] = this.beta1Power;
    numbers[at + 1] = this.beta2Power;
  }

  readProgress(numbers: Float64Array, at: number): void {
    this.beta1Power = numbers[at];
    this.beta2Power = numbers[at + 1];
  }

  begin(): void {
    this.beta1Power *= this.beta1;
    this.beta2Power *= this.beta2;
  }

  giveNumbers(numbers: Float64Array, at: number): void {
    numbers[at] = this.beta1;
    numbers[at + 1] = this.beta2;
    numbers[at + 2] = this.epsilon;
    numbers[at + 3] = this.beta1Power;
    numbers[at + 4] = this.beta2Power;
  }

  /** Eight rows a pass, so that an input is read once for eight weights. Rows with a penalty go one by one. */
  learnRows(step: Step, places: LearnedPlaces, learningRate: number, from: number, to: number): void {
    const {arena, inputSize, inputAt, outputDeltaAt, regularization} = step;
    const root = Math.sqrt;
    const beta1 = this.beta1;
    const beta2 = this.beta2;
    const share = root(1 - beta2);
    const correction = root(1 - this.beta2Power);
    const rate = (learningRate * correction * (1 - beta1)) / (share * (1 - this.beta1Power));
    const scale = UNIT * share;
    const epsilon = UNIT * this.epsilon * correction;
    // `k` is where a parameter's m lies; from there to its v and to itself.
    const toSquare = places.learned;
    const toParameter = places.parametersAt - places.statesAt;
    const meansAt = step.parametersAt - toParameter;
    let x = 0;
    let k = 0;
    let q = 0;
    let m = 0;
    let v = 0;
    let j = from;
    if (regularization === undefined) {
      for (; j + 7 < to; j += 8) {
        const row0 = meansAt + j * inputSize;
        const row1 = row0 + inputSize;
        const row2 = row1 + inputSize;
        const row3 = row2 + inputSize;
        const row4 = row3 + inputSize;
        const row5 = row4 + inputSize;
        const row6 = row5 + inputSize;
        const row7 = row6 + inputSize;
        const delta0 = scale * arena[outputDeltaAt + j];
        const delta1 = scale * arena[outputDeltaAt + j + 1];
        const delta2 = scale * arena[outputDeltaAt + j + 2];
        const delta3 = scale * arena[outputDeltaAt + j + 3];
        const delta4 = scale * arena[outputDeltaAt + j + 4];
        const delta5 = scale * arena[outputDeltaAt + j + 5];
        const delta6 = scale * arena[outputDeltaAt + j + 6];
        const delta7 = scale * arena[outputDeltaAt + j + 7];
        for (let i = 0; i < inputSize; i++) {
          x = arena[inputAt + i];
          k = row0 + i;
          q = delta0 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row1 + i;
          q = delta1 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row2 + i;
          q = delta2 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row3 + i;
          q = delta3 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row4 + i;
          q = delta4 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row5 + i;
          q = delta5 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row6 + i;
          q = delta6 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
          k = row7 + i;
          q = delta7 * x;
          arena[k] = m = beta1 * arena[k] + q;
          arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
          arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
        }
      }
    }
    for (; j < to; j++) {
      const row = meansAt + j * inputSize;
      const delta = scale * arena[outputDeltaAt + j];
      for (let i = 0; i < inputSize; i++) {
        k = row + i;
        q = delta * arena[inputAt + i];
        if (regularization !== undefined)
          q += scale * penaltySlope(arena[k + toParameter], regularization.l1, regularization.l2);
        arena[k] = m = beta1 * arena[k] + q;
        arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
        arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
      }
    }
    const biasesAt = meansAt + inputSize * step.outputSize;
    for (j = from; j < to; j++) {
      k = biasesAt + j;
      q = scale * arena[outputDeltaAt + j];
      if (regularization !== undefined)
        q += scale * penaltySlope(arena[k + toParameter], regularization.biasL1, regularization.biasL2);
      arena[k] = m = beta1 * arena[k] + q;
      arena[k + toSquare] = v = beta2 * arena[k + toSquare] + q * q;
      arena[k + toParameter] -= (rate * m) / (root(v) + epsilon);
    }
  }
}

/** Of a double's range enough is left below it. */
const SMALLEST = 1e-300;

const UNIT = 2 ** -16;
/** Times the unit its square is 2^126. */
const LARGEST_GRADIENT = 2 ** 79;
