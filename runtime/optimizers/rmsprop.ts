import {checkOption, checkOptionNames} from "../check-option.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/**
 * RMSProp (T. Tieleman and G. Hinton, "Lecture 6.5 - rmsprop: Divide the gradient by a running average of its recent
 * magnitude", 2012): with the mean gradient g of a batch
 *
 *     v = rho v + (1 - rho) g^2          parameter -= learningRate * g / (sqrt(v) + epsilon)
 *
 * rho is 0.9 by default, the lecture's own number: v then is a mean over about the last ten batches, so a gradient that
 * is small beside the recent ones makes a small step. A rho near 0, such as 0.001, leaves v at about g^2, and the step
 * becomes learningRate * sign(g), descent by the sign alone. v starts at 0 and nothing corrects for that: the first step
 * is learningRate / sqrt(1 - rho), about three times what follows.
 * States: v of all parameters. 12 bytes a parameter in all.
 */
export class RmsProp implements Optimizer {
  readonly name = "rmsprop";
  readonly gradients = 1;
  readonly states = 1;
  readonly cost = 7;
  learningRate: number;
  readonly #rho: number;
  readonly #epsilon: number;

  /** @param options learningRate above 0 (0.001), rho within [0, 1) (0.9), epsilon above 0 (1e-7)
   * @throws InputError naming the option that is out of its range */
  constructor(
    options: {learningRate?: number | undefined; rho?: number | undefined; epsilon?: number | undefined} = {},
  ) {
    checkOptionNames(options, ["learningRate", "rho", "epsilon"]);
    this.learningRate = options.learningRate ?? 0.001;
    this.#rho = options.rho ?? 0.9;
    this.#epsilon = options.epsilon ?? 1e-7;
    checkOption("learningRate", this.learningRate, 0, Infinity);
    checkOption("rho", this.#rho, 0, 1, true);
    checkOption("epsilon", this.#epsilon, 0, Infinity);
  }

  get code(): number {
    return codeOf(this, RmsProp.prototype, OptimizerCode.rmsprop);
  }

  giveNumbers(numbers: Float64Array, at: number): void {
    numbers[at] = this.#rho;
    numbers[at + 1] = this.#epsilon;
  }

  update(
    arena: Float32Array,
    {parametersAt, gradientsAt, statesAt}: LearnedPlaces,
    from: number,
    to: number,
    learningRate: number,
    examples: number,
  ): void {
    const rho = this.#rho;
    const epsilon = this.#epsilon;
    const share = 1 / examples;
    for (let k = from; k < to; k++) {
      const g = arena[gradientsAt + k] * share;
      const v = rho * arena[statesAt + k] + (1 - rho) * g * g;
      arena[statesAt + k] = v;
      arena[parametersAt + k] -= (learningRate * g) / (Math.sqrt(v) + epsilon);
    }
  }
}
