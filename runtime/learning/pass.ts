import {InputError} from "../input-error.js";
import type {Loss} from "../losses/loss.js";
import type {Network} from "../network.js";
import type {Step} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import {clipByValue, scale, sumOfSquares} from "./clip.js";
import type {Guard} from "./guard.js";
import type {NeuronWatch} from "./neuron-watch.js";
import {addPenaltyGradient, penaltyOf} from "./penalty.js";
import type {Schedule} from "./schedule.js";

/** What a pass works with; the learner has checked all of it. */
export interface PassParts {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Draws dropout's masks. */
  readonly random: Random;
  readonly schedule: Schedule | undefined;
  readonly guard: Guard | undefined;
  readonly watch: NeuronWatch | undefined;
  /** Infinity for none. */
  readonly clipValue: number;
  readonly clipNorm: number;
}

/**
 * One example's way through the network and back, and what ends a batch, as a row of phases that can be gone through in
 * slices. A phase has units, each of so many multiply-accumulates; a unit is never cut, so that slices of any length give
 * the same bytes. What is no multiplication counts as one for each number that it reads.
 *
 * An example: penalty, forward, watch, loss, look ahead, then for each layer from the last gradients and backward.
 * The end of a batch: penalty's gradient, check, clip, norm, scale, update. What isn't asked for is left out.
 */
export class Pass {
  /** Loss of the last example, without the penalty. */
  dataLoss = 0;
  /** Penalty of the parameters that the last example met. */
  penalty = 0;
  /** Examples whose gradients wait for the end of their batch. */
  pending = 0;
  /** Updates made. */
  updates = 0;
  readonly #parts: PassParts;
  readonly #steps: readonly Step[];
  readonly #firstLearning: number;
  readonly #lastBackward: number;
  readonly #inPlace: boolean;
  readonly #isPenalized: boolean;
  #penaltyIsKnown = false;
  #squares = 0;
  #phase = IDLE;
  /** The step that the phase is at. */
  #k = 0;
  #unit = 0;
  #unitCount = 0;
  #unitCost = 1;

  constructor(parts: PassParts) {
    const {network, loss, optimizer} = parts;
    this.#parts = parts;
    this.#steps = network.steps;
    this.#firstLearning = network.plan.firstLearning;
    this.#lastBackward = network.steps.length - (loss.fusedOperator === undefined ? 1 : 2);
    this.#inPlace = optimizer.gradients === 0;
    this.#isPenalized = this.#steps.some(({regularization}) => regularization !== undefined);
  }

  get isIdle(): boolean {
    return this.#phase === IDLE;
  }

  /** What the optimizer's rate is at this update. */
  get learningRate(): number {
    const {optimizer, schedule} = this.#parts;
    return optimizer.learningRate * (schedule === undefined ? 1 : schedule.factorAt(this.updates));
  }

  /** The largest number of multiply-accumulates that can't be cut. */
  get largestUnit(): number {
    const {optimizer, watch} = this.#parts;
    let largest = Math.max(optimizer.cost, watch === undefined ? 0 : watch.neurons);
    for (let k = 0; k < this.#steps.length; k++) {
      const {operator, inputSize, outputSize} = this.#steps[k];
      if (operator.addGradients === undefined) largest = Math.max(largest, outputSize);
      else largest = Math.max(largest, inputSize, k < this.#firstLearning ? 0 : 2 * outputSize);
    }
    return largest;
  }

  /** Forgets all that was done. */
  reset(): void {
    this.abandon();
    this.updates = 0;
  }

  /** Forgets what is under way and all pending gradients, as the parameters were changed from outside. */
  abandon(): void {
    this.#phase = IDLE;
    this.#penaltyIsKnown = false;
    this.pending = 0;
  }

  /** Begins an example; its input stands in the network, its targets where the last output deltas come. */
  beginExample(): void {
    if (this.#isPenalized && !this.#penaltyIsKnown) {
      this.penalty = 0;
      this.#enter(PENALTY, this.#firstLearning);
    } else this.#enter(FORWARD, 0);
  }

  /** Begins the end of a batch; at least one example is pending. */
  beginUpdate(): void {
    this.#squares = 0;
    if (this.#inPlace) this.#finishUpdate();
    else this.#enter(PENALTY_GRADIENT, this.#firstLearning);
  }

  /**
   * Goes on with what was begun.
   * @param budget multiply-accumulates that this may take
   * @param batch examples that end a batch
   * @returns what is left of the budget: less than the next unit takes, unless the pass is idle
   * @throws InputError for a loss that isn't finite, and as the guard does; the parameters are as before then
   */
  work(budget: number, batch: number): number {
    let left = budget;
    try {
      while (this.#phase !== IDLE) {
        const wanted = this.#unitCount - this.#unit;
        const units = Math.min(Math.floor(left / this.#unitCost), wanted);
        if (units < 1 && wanted > 0) break;
        const to = this.#unit + units;
        if (units > 0) this.#run(this.#unit, to);
        left -= units * this.#unitCost;
        this.#unit = to;
        if (to === this.#unitCount) this.#goOn(batch);
      }
    } catch (error) {
      if (this.#phase >= PENALTY_GRADIENT) this.#clearGradients();
      this.#phase = IDLE;
      throw error;
    }
    return left;
  }

  /** Sets up a phase: how many units it has at step `k`, 0 when there is nothing to do, and what a unit costs. */
  #enter(phase: number, k: number): void {
    this.#phase = phase;
    this.#k = k;
    this.#unit = 0;
    this.#unitCount = this.#unitsOf(phase, this.#steps[k]);
  }

  #unitsOf(phase: number, step: Step): number {
    const {operator, inputSize, outputSize} = step;
    const hasParameters = operator.addGradients !== undefined;
    this.#unitCost = 1;
    switch (phase) {
      case FORWARD:
        this.#unitCost = hasParameters ? inputSize : outputSize;
        return hasParameters ? outputSize : 1;
      case WATCH:
        this.#unitCost = this.#parts.watch?.neurons ?? 1;
        return this.#parts.watch === undefined ? 0 : 1;
      case LOSS:
        this.#unitCost = outputSize;
        return 1;
      case LOOK_AHEAD:
        this.#unitCost = hasParameters ? outputSize : 1;
        return hasParameters ? inputSize : 1;
      case GRADIENTS:
        this.#unitCost = inputSize;
        return hasParameters && !this.#inPlace ? outputSize : 0;
      case BACKWARD:
        this.#unitCost = hasParameters && this.#inPlace ? 2 * outputSize : outputSize;
        if (!hasParameters) return 1;
        return this.#inPlace || step.inputDeltaAt >= 0 ? inputSize : 0;
      case PENALTY:
      case PENALTY_GRADIENT:
        return step.regularization === undefined ? 0 : operator.parameterCount(inputSize, outputSize);
      case CHECK:
        return this.#parts.guard === undefined ? 0 : operator.parameterCount(inputSize, outputSize);
      case CLIP:
        return this.#parts.clipValue < Infinity ? this.#parts.network.plan.learned : 0;
      case NORM:
        return this.#parts.clipNorm < Infinity ? this.#parts.network.plan.learned : 0;
      case SCALE:
        return this.#normFactor() < 1 ? this.#parts.network.plan.learned : 0;
      default: // UPDATE
        this.#unitCost = this.#parts.optimizer.cost;
        return this.#parts.network.plan.learned;
    }
  }

  #run(from: number, to: number): void {
    const {network, loss, random, guard, watch, optimizer} = this.#parts;
    const {arena, plan} = network;
    const k = this.#k;
    const step = this.#steps[k];
    const {operator} = step;
    switch (this.#phase) {
      case PENALTY:
        this.penalty += penaltyOf(step, from, to);
        break;
      case FORWARD:
        if (operator.addGradients !== undefined) operator.forward(step, from, to);
        else if (operator.forwardLearning !== undefined && k >= this.#firstLearning)
          operator.forwardLearning(step, random);
        else operator.forward(step);
        break;
      case WATCH:
        watch?.look();
        break;
      case LOSS:
        this.dataLoss = loss.measure(arena, step.outputAt, step.outputDeltaAt, step.outputSize);
        if (!(this.dataLoss + this.penalty <= LARGEST)) this.#refuseLoss();
        break;
      case LOOK_AHEAD:
        if (operator.addGradients === undefined) guard?.pass(step);
        else guard?.lookAhead(step, k, from, to);
        break;
      case GRADIENTS:
        operator.addGradients?.(step, from, to);
        break;
      case BACKWARD:
        if (operator.addGradients === undefined) operator.backward(step);
        else if (this.#inPlace) operator.learn?.(step, this.learningRate, from, to);
        else operator.backward(step, from, to);
        break;
      case PENALTY_GRADIENT:
        addPenaltyGradient(step, this.pending, from, to);
        break;
      case CHECK:
        guard?.checkGradients(step, k, this.pending, from, to);
        break;
      case CLIP:
        clipByValue(
          arena,
          plan.gradientsAt + from,
          plan.gradientsAt + to,
          this.#parts.clipValue * this.pending,
        );
        break;
      case NORM:
        this.#squares += sumOfSquares(arena, plan.gradientsAt + from, plan.gradientsAt + to);
        break;
      case SCALE:
        scale(arena, plan.gradientsAt + from, plan.gradientsAt + to, this.#normFactor());
        break;
      case UPDATE:
        optimizer.update?.(arena, plan, from, to, this.learningRate, this.pending);
        break;
    }
  }

  /** Goes to the next phase or step. */
  #goOn(batch: number): void {
    const {guard, network, optimizer} = this.#parts;
    const first = this.#firstLearning;
    const last = this.#steps.length - 1;
    const k = this.#k;
    switch (this.#phase) {
      case PENALTY:
        if (k < last) this.#enter(PENALTY, k + 1);
        else {
          this.#penaltyIsKnown = true;
          this.#enter(FORWARD, 0);
        }
        break;
      case FORWARD:
        if (k < last) this.#enter(FORWARD, k + 1);
        else this.#enter(WATCH, last);
        break;
      case WATCH:
        this.#enter(LOSS, last);
        break;
      case LOSS:
        if (this.#inPlace && guard !== undefined) {
          guard.begin(this.#steps[last]);
          this.#enter(LOOK_AHEAD, this.#lastBackward);
        } else this.#enter(GRADIENTS, this.#lastBackward);
        break;
      case LOOK_AHEAD:
        if (this.#steps[k].operator.addGradients !== undefined)
          guard?.judge(this.#steps[k], k, this.learningRate);
        if (k > first) this.#enter(LOOK_AHEAD, k - 1);
        else this.#enter(GRADIENTS, this.#lastBackward);
        break;
      case GRADIENTS:
        this.#enter(BACKWARD, k);
        break;
      case BACKWARD:
        if (k > first) this.#enter(GRADIENTS, k - 1);
        else {
          this.pending++;
          this.#phase = IDLE;
          if (this.pending === batch) this.beginUpdate();
        }
        break;
      case PENALTY_GRADIENT:
        if (k < last) this.#enter(PENALTY_GRADIENT, k + 1);
        else this.#enter(CHECK, first);
        break;
      case CHECK:
        if (k < last) this.#enter(CHECK, k + 1);
        else this.#enter(CLIP, last);
        break;
      case CLIP:
        this.#enter(NORM, last);
        break;
      case NORM:
        this.#enter(SCALE, last);
        break;
      case SCALE:
        optimizer.begin?.();
        this.#enter(UPDATE, last);
        break;
      case UPDATE:
        network.arena.fill(0, network.plan.gradientsAt, network.plan.gradientsAt + network.plan.learned);
        this.#finishUpdate();
        break;
    }
  }

  #finishUpdate(): void {
    this.pending = 0;
    this.updates++;
    this.#penaltyIsKnown = false;
    this.#phase = IDLE;
  }

  #clearGradients(): void {
    const {arena, plan} = this.#parts.network;
    arena.fill(0, plan.gradientsAt, plan.gradientsAt + plan.learned);
    this.pending = 0;
  }

  /** What the sum of gradients is multiplied by, so that the mean's norm is at most the limit. */
  #normFactor(): number {
    const limit = this.#parts.clipNorm * this.pending;
    const norm = Math.sqrt(this.#squares);
    return norm > limit ? limit / norm : 1;
  }

  /** @throws InputError naming the input, or the first operator whose outputs aren't finite */
  #refuseLoss(): never {
    const {arena, inputAt, input} = this.#parts.network;
    let place = "loss";
    let found = this.dataLoss;
    for (let k = this.#steps.length - 1; k >= 0; k--) {
      const {operator, outputAt, outputSize} = this.#steps[k];
      // Outputs of layers that don't learn may have been overwritten.
      if (k < this.#firstLearning) break;
      for (let j = 0; j < outputSize; j++) {
        if (Number.isFinite(arena[outputAt + j])) continue;
        place = `operator ${k} (${operator.name}), output ${j}`;
        found = arena[outputAt + j];
      }
    }
    for (let i = 0; i < input.length; i++) {
      if (Number.isFinite(arena[inputAt + i])) continue;
      place = `input ${i}`;
      found = arena[inputAt + i];
    }
    throw new InputError(
      `learning: ${place}`,
      "a finite number",
      `${found}`,
      "No parameter was changed. Look for extreme values in the input, lower the learning rate, or clip gradients.",
    );
  }
}

/** The largest finite float64. */
const LARGEST = 1.7976931348623157e308;

// The phases; those from PENALTY_GRADIENT on are the end of a batch.
const IDLE = 0;
const PENALTY = 1;
const FORWARD = 2;
const WATCH = 3;
const LOSS = 4;
const LOOK_AHEAD = 5;
const GRADIENTS = 6;
const BACKWARD = 7;
const PENALTY_GRADIENT = 8;
const CHECK = 9;
const CLIP = 10;
const NORM = 11;
const SCALE = 12;
const UPDATE = 13;
