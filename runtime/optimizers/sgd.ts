import {checkOption, type Optimizer} from "./optimizer.js";

/** Mini-batch gradient descent: parameter -= learningRate * mean gradient of the batch. 8 bytes a parameter in all. */
export class Sgd implements Optimizer {
  readonly name = "sgd";
  readonly gradients = 1;
  readonly states = 0;
  learningRate: number;

  /** @param options.learningRate above 0; 0.1 when not given
   * @throws InputError for a learning rate that is not above 0 */
  constructor(options: {learningRate?: number} = {}) {
    this.learningRate = options.learningRate ?? 0.1;
    checkOption("learningRate", this.learningRate, 0, Infinity);
  }

  update(
    arena: Float32Array,
    parametersAt: number,
    gradientsAt: number,
    _statesAt: number,
    count: number,
    examples: number,
  ): void {
    const rate = this.learningRate / examples;
    for (let k = 0; k < count; k++) arena[parametersAt + k] -= rate * arena[gradientsAt + k];
  }
}
