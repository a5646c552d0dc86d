import {InputError} from "../input-error.js";
import type {Step} from "../ops/operator.js";

/**
 * Stops a step before a number that isn't finite, or is about to grow beyond all bounds, gets into the parameters. The
 * bound is 2^63, whose square is still a float32: with gradients, and gradients times the learning rate, below it, no
 * optimizer overflows.
 */
export class Guard {
  /** No output delta of the step that is looked at is larger in size. */
  #delta = 0;
  #input = 0;
  #parameter = 0;
  #column = 0;

  /**
   * Looks at gradients and parameters of one layer, of which `from` to `to` are wanted. Neither a gradient nor its product
   * with the learning rate may be beyond the bound.
   * @throws InputError naming the operator, or the learning rate
   */
  checkGradients(
    step: Step,
    index: number,
    learningRate: number,
    examples: number,
    from: number,
    to: number,
  ): void {
    const {arena, gradientsAt, parametersAt} = step;
    if (!(learningRate <= BOUND)) refuse(step, index, "learning rate", learningRate);
    const most = (learningRate > 1 ? BOUND / learningRate : BOUND) * examples;
    for (let k = from; k < to; k++) {
      const gradient = arena[gradientsAt + k];
      if (!(gradient <= most && gradient >= -most)) {
        const mean = gradient / examples;
        if (!(Math.abs(mean) <= BOUND)) refuse(step, index, `gradient ${k}`, mean);
        refuse(step, index, `gradient ${k} times the learning rate`, mean * learningRate);
      }
      checkParameter(step, index, k, arena[parametersAt + k]);
    }
  }

  /** Begins a look ahead, from the output deltas that the loss gave the last step. */
  begin({arena, outputDeltaAt, outputSize}: Step): void {
    this.#delta = 0;
    for (let j = 0; j < outputSize; j++) {
      const size = Math.abs(arena[outputDeltaAt + j]);
      // Nothing is larger than a NaN, which therefore stays.
      if (size > this.#delta || Number.isNaN(size)) this.#delta = size;
    }
  }

  /** Looks through a step without parameters: no activation has a slope above 1, softmax' Jacobian at most doubles. */
  pass({operator, image, constantsAt}: Step): void {
    this.#delta *= operator.forwardLearning === undefined ? 2 : 1 / (1 - image.constants[constantsAt]);
  }

  /**
   * For learning in place, where no gradient is stored before it is applied: from a layer's numbers as they are before
   * anything is changed, finds how large a change can become at most. Units are the layer's inputs, then the biases.
   * @throws InputError naming the operator, for an input or a parameter beyond the bound
   */
  lookAhead(step: Step, index: number, from: number, to: number): void {
    const {arena, parametersAt, inputSize, outputSize, inputAt} = step;
    if (from === 0) {
      this.#input = 1; // a bias' own
      this.#parameter = 0;
      this.#column = 0;
    }
    const end = to < inputSize ? to : inputSize;
    for (let i = from; i < end; i++) {
      const x = arena[inputAt + i];
      const size = x < 0 ? -x : x;
      if (!(size <= BOUND)) refuse(step, index, `input ${i}`, x);
      if (size > this.#input) this.#input = size;
      let column = 0;
      for (let j = 0; j < outputSize; j++) {
        const weight = arena[parametersAt + j * inputSize + i];
        column += weight < 0 ? -weight : weight;
        this.#take(step, index, j * inputSize + i);
      }
      if (column > this.#column) this.#column = column;
    }
    if (to <= inputSize) return;
    for (let j = 0; j < outputSize; j++) this.#take(step, index, inputSize * outputSize + j);
  }

  /**
   * Ends the look at a layer, and goes on to the one before.
   * @throws InputError naming the operator, when a gradient might be, or a parameter change by, more than the bound
   */
  judge(step: Step, index: number, learningRate: number): void {
    let gradient = this.#delta * this.#input;
    if (step.regularization !== undefined) {
      const {l1, l2, biasL1, biasL2} = step.regularization;
      gradient += l1 + biasL1 + 2 * (l2 + biasL2) * this.#parameter;
    }
    // The deltas of the layers before are no larger: they can be stored.
    if (!(gradient <= BOUND)) refuse(step, index, "largest gradient that might come", gradient);
    const change = learningRate * gradient;
    if (!(change <= BOUND)) refuse(step, index, "largest change that a parameter might take", change);
    this.#delta *= this.#column;
  }

  #take(step: Step, index: number, k: number): void {
    const parameter = step.arena[step.parametersAt + k];
    checkParameter(step, index, k, parameter);
    const size = parameter < 0 ? -parameter : parameter;
    if (size > this.#parameter) this.#parameter = size;
  }
}

const BOUND = 2 ** 63;

function checkParameter(step: Step, index: number, k: number, parameter: number): void {
  if (!(parameter <= BOUND && parameter >= -BOUND)) refuse(step, index, `parameter ${k}`, parameter);
}

function refuse(step: Step, index: number, what: string, found: number): never {
  throw new InputError(
    `learning: operator ${index} (${step.operator.name}), ${what}`,
    "a number of at most 2^63 in size",
    `${found}`,
    "No parameter was changed. Lower the learning rate, clip gradients, or look for extreme values in the input.",
  );
}
