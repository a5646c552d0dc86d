import {checkOption, checkOptionNames} from "../check-option.js";
import type {LearnedPlaces, Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/** Mini-batch gradient descent: parameter -= learningRate * mean gradient of the batch. 8 bytes a parameter in all. */
export class Sgd implements Optimizer {
  readonly name = "sgd";
  readonly gradients = 1;
  readonly states = 0;
  readonly cost = 1;
  learningRate: number;

  /** @param options.learningRate above 0; 0.1 when not given
   * @throws InputError for a learning rate that is not above 0 */
  constructor(options: {learningRate?: number | undefined} = {}) {
    checkOptionNames(options, ["learningRate"]);
    this.learningRate = options.learningRate ?? 0.1;
    checkOption("learningRate", this.learningRate, 0, Infinity);
  }

  get code(): number {
    return codeOf(this, Sgd.prototype, OptimizerCode.sgd);
  }

  update(
    arena: Float32Array,
    {parametersAt, gradientsAt}: LearnedPlaces,
    from: number,
    to: number,
    learningRate: number,
    examples: number,
  ): void {
    const rate = learningRate / examples;
    for (let k = from; k < to; k++) arena[parametersAt + k] -= rate * arena[gradientsAt + k];
  }
}
