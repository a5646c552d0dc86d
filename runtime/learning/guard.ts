import {InputError} from "../input-error.js";
import type {Step} from "../ops/operator.js";
import {layerName} from "./layer-name.js";
import {SPOILT} from "./refuse-loss.js";

/**
 * Stops a step before a number that isn't finite, or is about to grow beyond all bounds, gets into the parameters. The
 * bound is 2^63, whose square is still a float32: with gradients, and gradients times the learning rate, below it, no
 * optimizer overflows. Learning in place squares nothing: there the change of a parameter is below the bound, and what is
 * stored on the way back below 2^127.
 */
export class Guard {
  readonly #steps: readonly Step[];
  /** No output delta of the step that is looked at is larger in size. */
  #delta = 0;
  #input = 0;
  #parameter = 0;
  #column = 0;

  /** @param steps the network's */
  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /**
   * Looks at gradients and parameters of one layer, of which `from` to `to` are wanted. Neither a gradient nor its product
   * with the learning rate may be beyond the bound.
   * @throws InputError naming the layer, or the learning rate
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
    if (!(learningRate <= BOUND)) this.#refuse(index, "learning rate", learningRate);
    const most = (learningRate > 1 ? BOUND / learningRate : BOUND) * examples;
    for (let k = from; k < to; k++) {
      const gradient = arena[gradientsAt + k];
      if (!(gradient <= most && gradient >= -most)) {
        const mean = gradient / examples;
        if (!(Math.abs(mean) <= BOUND)) this.#refuse(index, `gradient ${k}`, mean);
        this.#refuse(index, `gradient ${k} times the learning rate`, mean * learningRate);
      }
      this.#checkParameter(index, k, arena[parametersAt + k]);
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

  /** Looks through a step without parameters. */
  pass(step: Step): void {
    if (step.operator.largestSlope !== undefined) this.#delta *= step.operator.largestSlope(step);
  }

  /**
   * For learning in place, where no gradient is stored before it is applied: from a layer's numbers as they are before
   * anything is changed, finds how large a change can become at most. Units are the layer's inputs, then the biases.
   * @throws InputError naming the layer, for an input or a parameter beyond the bound
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
      if (!(size <= BOUND)) this.#refuse(index, `input ${i}`, x);
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
   * @throws InputError naming the layer, for a learning rate beyond the bound, and when an output delta might be too
   *   large to be stored, or a parameter change by more than the bound
   */
  judge(step: Step, index: number, learningRate: number): void {
    let gradient = this.#delta * this.#input;
    if (step.regularization !== undefined) {
      const {l1, l2, biasL1, biasL2} = step.regularization;
      gradient += l1 + biasL1 + 2 * (l2 + biasL2) * this.#parameter;
    }
    if (!(learningRate <= BOUND)) this.#refuse(index, "learning rate", learningRate);
    if (!(this.#delta <= STORED_BOUND))
      this.#refuse(index, "largest output delta that might come", this.#delta, "2^127");
    const change = learningRate * gradient;
    if (!(change <= BOUND)) this.#refuse(index, "largest change that a parameter might take", change);
    this.#delta *= this.#column;
  }

  #take(step: Step, index: number, k: number): void {
    const parameter = step.arena[step.parametersAt + k];
    this.#checkParameter(index, k, parameter);
    const size = parameter < 0 ? -parameter : parameter;
    if (size > this.#parameter) this.#parameter = size;
  }

  #checkParameter(index: number, k: number, parameter: number): void {
    if (!isBounded(parameter)) this.#refuse(index, `parameter ${k}`, parameter);
  }

  /** A parameter that is beyond the bound already is the cause of whatever else is. */
  #refuse(index: number, what: string, found: number, bound = "2^63"): never {
    const steps = this.#steps;
    for (let k = 0; k < steps.length; k++) {
      const {operator, arena, parameters, parametersAt, inputSize, outputSize} = steps[k];
      if (parameters !== arena) continue;
      for (let i = 0; i < operator.parameterCount(inputSize, outputSize); i++)
        if (!isBounded(arena[parametersAt + i]))
          refuse(`${layerName(steps, k)}, parameter ${i}`, "2^63", arena[parametersAt + i], SPOILT);
    }
    return refuse(`${layerName(steps, index)}, ${what}`, bound, found, TOO_FAR);
  }
}

function isBounded(parameter: number): boolean {
  return parameter <= BOUND && parameter >= -BOUND;
}

function refuse(place: string, bound: string, found: number, remedy: string): never {
  throw new InputError(`learning: ${place}`, `a number of at most ${bound} in size`, `${found}`, remedy);
}

const BOUND = 2 ** 63;
/** A factor of 2 below the largest float32, for what is rounded on the way. */
const STORED_BOUND = 2 ** 127;

const TOO_FAR =
  "No parameter was changed. Lower the learning rate, clip gradients, or look for extreme values in the input.";
