import {checkOption, checkOptionNames} from "../check-option.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/**
 * Gradient descent with momentum, the heavy ball (B. Polyak, "Some methods of speeding up the convergence of iteration
 * methods", 1964): with the mean gradient g of a batch
 *
 *     v = gamma v + learningRate * g          parameter -= v
 *
 * Where gradients agree, steps grow to learningRate / (1 - gamma) times the gradient. As the rate is inside v, one set
 * later counts for the gradients from then on; what v holds already runs out at the old one.
 * States: v of all parameters. 12 bytes a parameter in all.
 */
export class Momentum implements Optimizer {
  readonly name = "momentum";
  readonly gradients = 1;
  readonly states = 1;
  readonly cost = 2;
  learningRate: number;
  readonly #gamma: number;

  /** @param options learningRate above 0 (0.01), gamma within [0, 1) (0.9); with 0 it is Sgd
   * @throws InputError naming the option that is out of its range */
  constructor(options: {learningRate?: number | undefined; gamma?: number | undefined} = {}) {
    checkOptionNames(options, ["learningRate", "gamma"]);
    this.learningRate = options.learningRate ?? 0.01;
    this.#gamma = options.gamma ?? 0.9;
    checkOption("learningRate", this.learningRate, 0, Infinity);
    checkOption("gamma", this.#gamma, 0, 1, true);
  }

  get code(): number {
    return codeOf(this, Momentum.prototype, OptimizerCode.momentum);
  }

  giveNumbers(numbers: Float64Array, at: number): void {
    numbers[at] = this.#gamma;
  }

  update(
    arena: Float32Array,
    {parametersAt, gradientsAt, statesAt}: LearnedPlaces,
    from: number,
    to: number,
    learningRate: number,
    examples: number,
  ): void {
    const gamma = this.#gamma;
    const rate = learningRate / examples;
    for (let k = from; k < to; k++) {
      const v = gamma * arena[statesAt + k] + rate * arena[gradientsAt + k];
      arena[statesAt + k] = v;
      arena[parametersAt + k] -= v;
    }
  }
}
