import {checkOption, checkOptionNames} from "../check-option.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/**
 * Adam (D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1): with the mean gradient g
 * of batch t = 1, 2, ...
 *
 *     m = beta1 m + (1 - beta1) g          v = beta2 v + (1 - beta2) g^2
 *     parameter -= learningRate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * One Adam serves one learner: it counts that learner's batches.
 * States: m of all parameters, then v of all. 16 bytes a parameter in all.
 */
export class Adam implements Optimizer {
  readonly name = "adam";
  readonly gradients = 1;
  readonly states = 2;
  readonly cost = 10;
  learningRate: number;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  /** beta1^t and beta2^t */
  #beta1Power = 1;
  #beta2Power = 1;

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
    this.#beta1 = options.beta1 ?? 0.9;
    this.#beta2 = options.beta2 ?? 0.999;
    this.#epsilon = options.epsilon ?? 1e-7;
    checkOption("learningRate", this.learningRate, 0, Infinity);
    checkOption("beta1", this.#beta1, 0, 1);
    checkOption("beta2", this.#beta2, 0, 1);
    checkOption("epsilon", this.#epsilon, 0, Infinity);
  }

  get code(): number {
    return codeOf(this, Adam.prototype, OptimizerCode.adam);
  }

  reset(): void {
    this.#beta1Power = 1;
    this.#beta2Power = 1;
  }

  get progressSize(): number {
    return 2;
  }

  writeProgress(numbers: Float64Array, at: number): void {
    numbers[at] = this.#beta1Power;
    numbers[at + 1] = this.#beta2Power;
  }

  readProgress(numbers: Float64Array, at: number): void {
    this.#beta1Power = numbers[at];
    this.#beta2Power = numbers[at + 1];
  }

  begin(): void {
    this.#beta1Power *= this.#beta1;
    this.#beta2Power *= this.#beta2;
  }

  giveNumbers(numbers: Float64Array, at: number): void {
    numbers[at] = this.#beta1;
    numbers[at + 1] = this.#beta2;
    numbers[at + 2] = this.#epsilon;
    numbers[at + 3] = this.#beta1Power;
    numbers[at + 4] = this.#beta2Power;
  }

  update(
    arena: Float32Array,
    {parametersAt, gradientsAt, statesAt, learned}: LearnedPlaces,
    from: number,
    to: number,
    learningRate: number,
    examples: number,
  ): void {
    const beta1 = this.#beta1;
    const beta2 = this.#beta2;
    const epsilon = this.#epsilon;
    const rate = learningRate / (1 - this.#beta1Power);
    const correction = 1 / (1 - this.#beta2Power);
    const squaresAt = statesAt + learned;
    const share = 1 / examples;
    for (let k = from; k < to; k++) {
      const g = arena[gradientsAt + k] * share;
      const m = beta1 * arena[statesAt + k] + (1 - beta1) * g;
      const v = beta2 * arena[squaresAt + k] + (1 - beta2) * g * g;
      arena[statesAt + k] = m;
      arena[squaresAt + k] = v;
      arena[parametersAt + k] -= (rate * m) / (Math.sqrt(v * correction) + epsilon);
    }
  }
}
