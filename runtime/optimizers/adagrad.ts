import {checkOption, checkOptionNames} from "../check-option.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/**
 * AdaGrad (J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
 * Optimization", 2011, with diagonal matrices): with the mean gradient g of a batch
 *
 *     v += g^2          parameter -= learningRate * g / (sqrt(v) + epsilon)
 *
 * v starts at 0 and never falls, so each parameter's steps only become smaller: the first is about learningRate.
 * States: v of all parameters. 12 bytes a parameter in all.
 */
export class AdaGrad implements Optimizer {
  readonly name = "adagrad";
  readonly gradients = 1;
  readonly states = 1;
  readonly cost = 5;
  learningRate: number;
  readonly #epsilon: number;

  /** @param options learningRate above 0 (0.05), epsilon above 0 (1e-7)
   * @throws InputError naming the option that is out of its range */
  constructor(options: {learningRate?: number | undefined; epsilon?: number | undefined} = {}) {
    checkOptionNames(options, ["learningRate", "epsilon"]);
    this.learningRate = options.learningRate ?? 0.05;
    this.#epsilon = options.epsilon ?? 1e-7;
    checkOption("learningRate", this.learningRate, 0, Infinity);
    checkOption("epsilon", this.#epsilon, 0, Infinity);
  }

  get code(): number {
    return codeOf(this, AdaGrad.prototype, OptimizerCode.adagrad);
  }

  giveNumbers(numbers: Float64Array, at: number): void {
    numbers[at] = this.#epsilon;
  }

  update(
    arena: Float32Array,
    {parametersAt, gradientsAt, statesAt}: LearnedPlaces,
    from: number,
    to: number,
    learningRate: number,
    examples: number,
  ): void {
    const epsilon = this.#epsilon;
    const share = 1 / examples;
    for (let k = from; k < to; k++) {
      const g = arena[gradientsAt + k] * share;
      const v = arena[statesAt + k] + g * g;
      arena[statesAt + k] = v;
      arena[parametersAt + k] -= (learningRate * g) / (Math.sqrt(v) + epsilon);
    }
  }
}
