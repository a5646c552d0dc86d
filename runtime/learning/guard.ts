import {InputError} from "../input-error.js";
import type {Step} from "../ops/operator.js";
import {layerName} from "./layer-name.js";
import {SPOILT} from "./refuse-loss.js";
import {sumOfSquares} from "./sum-of-squares.js";

/**
 * Stops a step before a number that isn't finite, or is about to grow beyond all bounds, gets into the parameters. The
 * bound is 2^63, whose square is still a float32: with gradients, and gradients times the learning rate, below it, no
 * optimizer overflows. Online gradient descent squares nothing: there the change of a parameter is below the bound, and what
 * is stored on the way back below 2^127. Adam in place changes a parameter by some learning rates at most, whatever the
 * gradient, while beta1^2 is below beta2, as its authors ask: there the learning rate is below the bound, and the gradient below
 * one of the optimizer's own.
 */
export class Guard {
  readonly #steps: readonly Step[];
  /** The root of the sum of squares of the output deltas of the step that is looked at is no larger. */
  #delta = 0;
  /** The largest input in size. */
  #input = 0;
  /** Sums of squares. */
  #weights = 0;
  #biases = 0;

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
    // Where their squares together are below the bound's, each is; else each is looked at.
    const gradients = sumOfSquares(arena, gradientsAt + from, gradientsAt + to, 0);
    const parameters = sumOfSquares(arena, parametersAt + from, parametersAt + to, 0);
    if (gradients <= most * most && parameters <= BOUND * BOUND) return;
    for (let k = from; k < to; k++) {
      const gradient = arena[gradientsAt + k];
      if (!(gradient <= most && gradient >= -most)) {
        const mean = gradient / examples;
        if (!(Math.abs(mean) <= BOUND)) this.#refuse(index, `gradient ${k}`, mean);
        this.#refuse(index, `gradient ${k} times the learning rate`, mean * learningRate);
      }
      if (!isBounded(arena[parametersAt + k])) this.#refuse(index, `parameter ${k}`, arena[parametersAt + k]);
    }
  }

  /** Begins a look ahead, from the output deltas that the loss gave the last step. */
  begin({arena, outputDeltaAt, outputSize}: Step): void {
    this.#delta = Math.sqrt(sumOfSquares(arena, outputDeltaAt, outputDeltaAt + outputSize, 0));
  }

  /** Looks through a step without parameters. */
  pass(step: Step): void {
    if (step.operator.largestSlope !== undefined) this.#delta *= step.operator.largestSlope(step);
  }

  /**
   * For learning in place, where no gradient is stored before it is applied: from a layer's numbers as they are before
   * anything is changed, finds how large a change can become at most. The first unit is the layer's inputs; each other one
   * an output's weights and bias.
   * @throws InputError naming the layer, for an input beyond the bound
   */
  lookAhead(step: Step, index: number, from: number, to: number): void {
    const {arena, parametersAt, inputSize, outputSize} = step;
    if (from === 0) {
      this.#weights = 0;
      this.#biases = 0;
      this.#lookAtInputs(step, index);
    }
    const first = from === 0 ? 0 : from - 1;
    const biasAt = parametersAt + inputSize * outputSize;
    this.#weights = sumOfSquares(
      arena,
      parametersAt + first * inputSize,
      parametersAt + (to - 1) * inputSize,
      this.#weights,
    );
    this.#biases = sumOfSquares(arena, biasAt + first, biasAt + to - 1, this.#biases);
  }

  /**
   * Ends the look at a layer, and goes on to the one before. Input deltas are the transposed weights times the output
   * deltas: by the inequality of Cauchy and Schwarz, the root of the sum of their squares is at most the product of the
   * weights' and the output deltas'.
   * @param largestGradient that the optimizer can follow, a power of two; undefined where what counts is the change
   * @throws InputError naming the layer, for a learning rate or parameters beyond the bound, and when an output delta might
   *   be too large to be stored, or a parameter change by more than the bound, or a gradient be beyond it
   */
  judge(step: Step, index: number, learningRate: number, largestGradient: number | undefined): void {
    const weights = Math.sqrt(this.#weights);
    const biases = Math.sqrt(this.#biases);
    if (!(weights <= BOUND && biases <= BOUND))
      this.#refuse(
        index,
        "root of the sum of squares of all parameters",
        weights > biases ? weights : biases,
      );
    if (!(learningRate <= BOUND)) this.#refuse(index, "learning rate", learningRate);
    if (!(this.#delta <= STORED_BOUND))
      this.#refuse(index, "largest output delta that might come", this.#delta, "2^127");
    let gradient = this.#delta * this.#input;
    if (step.regularization !== undefined) {
      const {l1, l2, biasL1, biasL2} = step.regularization;
      gradient += l1 + biasL1 + 2 * (l2 * weights + biasL2 * biases);
    }
    if (largestGradient !== undefined) {
      if (!(gradient <= largestGradient))
        this.#refuse(index, "largest gradient that might come", gradient, `2^${Math.log2(largestGradient)}`);
    } else {
      const change = learningRate * gradient;
      if (!(change <= BOUND)) this.#refuse(index, "largest change that a parameter might take", change);
    }
    this.#delta *= weights;
  }

  #lookAtInputs({arena, inputAt, inputSize}: Step, index: number): void {
    let largest = 1; // a bias' own
    for (let i = 0; i < inputSize; i++) {
      const x = arena[inputAt + i];
      const size = x < 0 ? -x : x;
      if (!(size <= BOUND)) this.#refuse(index, `input ${i}`, x);
      if (size > largest) largest = size;
    }
    this.#input = largest;
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
