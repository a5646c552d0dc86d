import {checkOption, checkOptionNames} from "../check-option.js";
import type {Optimizer} from "./optimizer.js";
import {codeOf, OptimizerCode} from "./optimizer-code.js";

/**
 * Stochastic gradient descent, one example at a time, in place: parameter -= learningRate * gradient. No gradient is
 * ever stored, so that learning costs no memory beside the parameters themselves: 4 bytes a parameter in all.
 */
export class OnlineSgd implements Optimizer {
  readonly name = "online-sgd";
  readonly gradients = 0;
  readonly states = 0;
  readonly cost = 0;
  learningRate: number;

  /** @param options.learningRate above 0; 0.005 when not given
   * @throws InputError for a learning rate that is not above 0 */
  constructor(options: {learningRate?: number | undefined} = {}) {
    checkOptionNames(options, ["learningRate"]);
    this.learningRate = options.learningRate ?? 0.005;
    checkOption("learningRate", this.learningRate, 0, Infinity);
  }

  get code(): number {
    return codeOf(this, OnlineSgd.prototype, OptimizerCode.onlineSgd);
  }
}
