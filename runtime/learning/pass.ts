import type {Loss} from "../losses/loss.js";
import type {Network} from "../network.js";
import {BLOCK, blockCount} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import type {Schedule} from "../schedules/schedule.js";
import {clipByValue, scale} from "./clip.js";
import {Guard} from "./guard.js";
import type {NeuronWatch} from "./neuron-watch.js";
import {addPenalty, addPenaltyGradient} from "./penalty.js";
import {refuseLoss} from "./refuse-loss.js";
import {refuseFactor, refuseRate} from "./refuse-rate.js";
import {sumOfSquares} from "./sum-of-squares.js";

/** What changes a step of learning; what is left out is off. */
export interface PassOptions {
  /** How the learning rate changes from update to update. */
  readonly schedule?: Schedule | undefined;
  /** Brings each mean gradient of a batch, the penalty's included, into [-clipValue, clipValue]. */
  readonly clipValue?: number | undefined;
  /** Scales all mean gradients of a batch down so that their norm is at most this; after clipValue. */
  readonly clipNorm?: number | undefined;
  /**
   * Looks at every number before it changes a parameter, and stops the step when one is beyond all bounds. A step of
   * 24-16-3 then takes 42 % more bytecodes on XS with online-sgd, 22 % with adam, and 10 % with adam in batches of 5.
   */
  readonly guard?: boolean | undefined;
}

/**
 * One example's way through the network and back, and what ends a batch, as a row of phases that can be gone through in
 * slices. A phase has units, each of so many multiply-accumulates; a unit is never cut, so that slices of any length give
 * the same bytes. What is no multiplication counts as one for each number that it reads.
 *
 * An example: penalty, forward, loss, watch, look ahead, then for each layer from the last gradients and backward.
 * The end of a batch: penalty's gradient, check, clip, norm, scale, update. What isn't asked for is left out.
 */
export class Pass {
  // Private to TypeScript alone: on XS each #name that a method mentions takes a slot of its stack frame.

  /** Loss of the last example, without the penalty. */
  dataLoss = 0;
  /** Penalty of the parameters that the last example met. */
  penalty = 0;
  /** Examples whose gradients wait for the end of their batch. */
  pending = 0;
  /** Updates made. */
  updates = 0;
  /** Grows at the beginning of each update, and when parameters were changed from outside. */
  revision = 0;
  private readonly network: Network;
  private readonly loss: Loss;
  private readonly optimizer: Optimizer;
  /** Draws dropout's masks. */
  private readonly random: Random;
  private readonly watch: NeuronWatch | undefined;
  readonly schedule: Schedule | undefined;
  private readonly guard: Guard | undefined;
  private readonly clipValue: number;
  private readonly clipNorm: number;
  private readonly isPenalized: boolean;
  /** The largest learning rate that all layers can follow. */
  private readonly largestRate: number;
  private penaltyIsKnown = false;
  private squares = 0;
  /** The learning rate of the update that is under way: one for all its slices. */
  private rate = 0;
  private phase: number = Phase.idle;
  /** The step that the phase is at. */
  private k = 0;
  private unit = 0;
  private unitCount = 0;
  private unitCost = 1;

  /** Made by the learner, which has checked all of it. */
  constructor(
    network: Network,
    loss: Loss,
    optimizer: Optimizer,
    random: Random,
    watch: NeuronWatch | undefined,
    options: PassOptions,
  ) {
    this.network = network;
    this.loss = loss;
    this.optimizer = optimizer;
    this.random = random;
    this.watch = watch;
    this.schedule = options.schedule;
    this.guard = options.guard ? new Guard(network.steps) : undefined;
    this.clipValue = options.clipValue ?? Infinity;
    this.clipNorm = options.clipNorm ?? Infinity;
    this.largestRate = this.isInPlace ? largestRateOf(network) : LARGEST;
    this.isPenalized = network.steps.some(({regularization}) => regularization !== undefined);
  }

  private get isInPlace(): boolean {
    return this.optimizer.gradients === 0;
  }

  /** The last step that backward goes through: a loss may stand for the last one's. */
  private get lastBackward(): number {
    return this.network.steps.length - (this.loss.fusedOperator === undefined ? 1 : 2);
  }

  get isIdle(): boolean {
    return this.phase === Phase.idle;
  }

  /** What the optimizer's rate is at this update. */
  get learningRate(): number {
    const rate = this.optimizer.learningRate;
    return this.schedule === undefined ? rate : rate * this.schedule.factorAt(this.updates);
  }

  /**
   * Takes the learning rate for the update to come, before the example that calls for it has changed anything.
   * @throws InputError for one that no update can follow
   */
  fixRate(): void {
    const own = this.optimizer.learningRate;
    if (!(typeof own === "number" && own > 0 && own <= this.largestRate)) refuseRate(own, this.largestRate);
    const rate = this.learningRate;
    // A factor that decays comes to 0 at last.
    if (!(rate >= 0 && rate <= this.largestRate)) refuseFactor(this.schedule, rate / own);
    this.rate = rate;
  }

  /** The largest number of multiply-accumulates that can't be cut. */
  get largestUnit(): number {
    let largest = Math.max(this.optimizer.cost, this.watch?.neurons ?? 0);
    for (let k = 0; k < this.network.steps.length; k++) {
      const {operator, inputSize, outputSize, inputDeltaAt} = this.network.steps[k];
      let unit = operator.addGradients === undefined ? outputSize : inputSize;
      if (k >= this.network.plan.firstLearning) {
        if (operator.addGradients === undefined) unit = outputSize;
        else if (this.isInPlace) unit = learnCost(inputSize);
        else if (inputDeltaAt >= 0) unit = BLOCK * inputSize;
      }
      largest = Math.max(largest, unit);
    }
    return largest;
  }

  /** Forgets all that was done. */
  reset(): void {
    this.abandon();
    this.updates = 0;
    this.schedule?.reset?.();
  }

  /** To be called when parameters were changed from outside: the penalty is that of others. */
  forgetPenalty(): void {
    this.penaltyIsKnown = false;
    this.revision++;
  }

  /** Forgets what is under way and all pending gradients, as the parameters were changed from outside. */
  abandon(): void {
    this.phase = Phase.idle;
    this.penaltyIsKnown = false;
    this.pending = 0;
    this.revision++;
  }

  /**
   * Begins an example; its input stands in the network, its targets where the last output deltas come.
   * @param batch examples that end a batch: the last of them calls for an update
   * @throws InputError for a learning rate of that update which no update can follow
   */
  beginExample(batch: number): void {
    if (this.pending + 1 === batch) this.fixRate();
    if (this.isInPlace) this.revision++;
    if (this.isPenalized && !this.penaltyIsKnown) {
      this.penalty = 0;
      this.enterParameters(Phase.penalty, this.network.plan.firstLearning);
    } else this.enterForward(0);
  }

  /**
   * Begins the end of a batch that is not full; at least one example is pending.
   * @throws InputError for a learning rate that no update can follow
   */
  beginUpdate(): void {
    this.fixRate();
    this.enterEndOfBatch();
  }

  private enterEndOfBatch(): void {
    if (this.isInPlace) {
      this.finishUpdate();
      return;
    }
    this.revision++;
    if (this.isPenalized) this.enterParameters(Phase.penaltyGradient, this.network.plan.firstLearning);
    else this.enterCheck();
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
      while (this.phase !== Phase.idle) {
        const from = this.unit;
        let to = this.unitCount;
        // Built-in functions are dear on XS, so nothing is divided where the budget is enough.
        if (left < (to - from) * this.unitCost) {
          to = from + Math.floor(left / this.unitCost);
          if (to <= from) break;
        }
        const step = this.network.steps[this.k];
        switch (this.phase) {
          case Phase.forward:
            if (step.operator.addGradients !== undefined) step.operator.forward(step, from, to);
            else if (step.operator.forwardLearning !== undefined && this.k >= this.network.plan.firstLearning)
              step.operator.forwardLearning(step, this.random);
            else step.operator.forward(step);
            break;
          case Phase.backward:
            if (step.operator.addGradients === undefined) step.operator.backward(step);
            else if (this.isInPlace) step.operator.learn?.(step, this.rate, from, to);
            else step.operator.backward(step, from, to);
            break;
          case Phase.gradients:
            step.operator.addGradients?.(step, from, to);
            break;
          case Phase.loss:
            this.dataLoss = this.loss.measure(
              step.arena,
              step.outputAt,
              step.outputDeltaAt,
              step.outputSize,
              this.network.inputAt,
            );
            if (!isFiniteNumber(this.dataLoss + this.penalty)) refuseLoss(this.network, this.dataLoss);
            break;
          case Phase.penalty:
            this.penalty = addPenalty(step, from, to, this.penalty);
            break;
          case Phase.watch:
            this.watch?.look();
            break;
          case Phase.lookAhead:
            if (step.operator.addGradients === undefined) this.guard?.pass(step);
            else this.guard?.lookAhead(step, this.k, from, to);
            break;
          case Phase.penaltyGradient:
            addPenaltyGradient(step, this.pending, from, to);
            break;
          case Phase.check:
            this.guard?.checkGradients(step, this.k, this.rate, this.pending, from, to);
            break;
          case Phase.clip:
            clipByValue(
              step.arena,
              this.network.plan.gradientsAt + from,
              this.network.plan.gradientsAt + to,
              this.clipValue * this.pending,
            );
            break;
          case Phase.norm:
            this.squares = sumOfSquares(
              step.arena,
              this.network.plan.gradientsAt + from,
              this.network.plan.gradientsAt + to,
              this.squares,
            );
            break;
          case Phase.scale:
            scale(
              step.arena,
              this.network.plan.gradientsAt + from,
              this.network.plan.gradientsAt + to,
              this.normFactor(),
            );
            break;
          case Phase.update:
            this.optimizer.update?.(step.arena, this.network.plan, from, to, this.rate, this.pending);
            break;
        }
        left -= (to - from) * this.unitCost;
        this.unit = to;
        if (to === this.unitCount) this.goOn(batch);
      }
    } catch (error) {
      if (this.phase >= Phase.penaltyGradient) this.clearGradients();
      this.phase = Phase.idle;
      // What went wrong may be a parameter, which is put right before the next example.
      this.penaltyIsKnown = false;
      throw error;
    }
    return left;
  }

  /** Sets up a phase at step `k`: how many units it has and what each costs. */
  private enter(phase: number, k: number, unitCount: number, unitCost: number): void {
    this.phase = phase;
    this.k = k;
    this.unit = 0;
    this.unitCount = unitCount;
    this.unitCost = unitCost;
  }

  private enterForward(k: number): void {
    const {operator, inputSize, outputSize} = this.network.steps[k];
    if (operator.addGradients !== undefined) this.enter(Phase.forward, k, outputSize, inputSize);
    else this.enter(Phase.forward, k, 1, outputSize);
  }

  /** All that is left of an example when its loss is known. */
  private enterWayBack(): void {
    if (this.isInPlace && this.guard !== undefined) {
      this.guard.begin(this.network.steps[this.network.steps.length - 1]);
      this.enterLookAhead(this.lastBackward);
    } else this.enterLayer(this.lastBackward);
  }

  private enterLookAhead(k: number): void {
    const {operator, inputSize, outputSize} = this.network.steps[k];
    if (operator.addGradients !== undefined) this.enter(Phase.lookAhead, k, outputSize + 1, inputSize + 1);
    else this.enter(Phase.lookAhead, k, 1, 1);
  }

  /** What a step does on the way back. */
  private enterLayer(k: number): void {
    const {operator, inputSize, outputSize} = this.network.steps[k];
    if (operator.addGradients === undefined) this.enter(Phase.backward, k, 1, outputSize);
    else if (this.isInPlace) this.enter(Phase.backward, k, blockCount(outputSize), learnCost(inputSize));
    else this.enter(Phase.gradients, k, outputSize, inputSize);
  }

  /** A phase over a step's parameters. */
  private enterParameters(phase: number, k: number): void {
    const {operator, inputSize, outputSize} = this.network.steps[k];
    this.enter(phase, k, operator.parameterCount(inputSize, outputSize), 1);
  }

  private enterCheck(): void {
    if (this.guard !== undefined) this.enterParameters(Phase.check, this.network.plan.firstLearning);
    else this.enterClip();
  }

  private enterClip(): void {
    const {learned} = this.network.plan;
    this.squares = 0;
    if (this.clipValue < Infinity) this.enter(Phase.clip, 0, learned, 1);
    else if (this.clipNorm < Infinity) this.enter(Phase.norm, 0, learned, 1);
    else this.enterUpdate();
  }

  private enterUpdate(): void {
    this.optimizer.begin?.();
    this.enter(Phase.update, 0, this.network.plan.learned, this.optimizer.cost);
  }

  /** Goes to the next phase or step. */
  private goOn(batch: number): void {
    const first = this.network.plan.firstLearning;
    const last = this.network.steps.length - 1;
    const k = this.k;
    switch (this.phase) {
      case Phase.forward:
        if (k < last) this.enterForward(k + 1);
        else this.enter(Phase.loss, last, 1, this.network.steps[last].outputSize);
        break;
      case Phase.backward:
        if (k > first) this.enterLayer(k - 1);
        else {
          this.pending++;
          this.phase = Phase.idle;
          if (this.pending === batch) this.enterEndOfBatch();
        }
        break;
      case Phase.gradients: {
        const {inputDeltaAt, inputSize, outputSize} = this.network.steps[k];
        this.enter(Phase.backward, k, inputDeltaAt < 0 ? 0 : blockCount(outputSize), BLOCK * inputSize);
        break;
      }
      case Phase.loss:
        if (this.watch !== undefined) this.enter(Phase.watch, last, 1, this.watch.neurons);
        else this.enterWayBack();
        break;
      case Phase.penalty:
        if (k < last) this.enterParameters(Phase.penalty, k + 1);
        else {
          this.penaltyIsKnown = true;
          this.enterForward(0);
        }
        break;
      case Phase.watch:
        this.enterWayBack();
        break;
      case Phase.lookAhead:
        if (this.network.steps[k].operator.addGradients !== undefined)
          this.guard?.judge(this.network.steps[k], k, this.rate);
        if (k > first) this.enterLookAhead(k - 1);
        else this.enterLayer(this.lastBackward);
        break;
      case Phase.penaltyGradient:
        if (k < last) this.enterParameters(Phase.penaltyGradient, k + 1);
        else this.enterCheck();
        break;
      case Phase.check:
        if (k < last) this.enterParameters(Phase.check, k + 1);
        else this.enterClip();
        break;
      case Phase.clip:
        if (this.clipNorm < Infinity) this.enter(Phase.norm, 0, this.network.plan.learned, 1);
        else this.enterUpdate();
        break;
      case Phase.norm:
        if (this.normFactor() < 1) this.enter(Phase.scale, 0, this.network.plan.learned, 1);
        else this.enterUpdate();
        break;
      case Phase.scale:
        this.enterUpdate();
        break;
      case Phase.update:
        this.clearGradients();
        this.finishUpdate();
        break;
    }
  }

  private finishUpdate(): void {
    this.pending = 0;
    this.updates++;
    this.penaltyIsKnown = false;
    this.phase = Phase.idle;
  }

  private clearGradients(): void {
    const {arena, plan} = this.network;
    arena.fill(0, plan.gradientsAt, plan.gradientsAt + plan.learned);
    this.pending = 0;
  }

  /** What the sum of gradients is multiplied by, so that the mean's norm is at most the limit. */
  private normFactor(): number {
    const limit = this.clipNorm * this.pending;
    const norm = Math.sqrt(this.squares);
    return norm > limit ? limit / norm : 1;
  }
}

/** What Number.isFinite says, which is dear on XS. */
function isFiniteNumber(value: number): boolean {
  return value <= LARGEST && value >= -LARGEST;
}

/** The largest finite float64. */
const LARGEST = 1.7976931348623157e308;

function largestRateOf({steps, plan}: Network): number {
  let largest = LARGEST;
  for (let k = plan.firstLearning; k < steps.length; k++)
    largest = Math.min(largest, steps[k].operator.largestRate ?? LARGEST);
  return largest;
}

/** A weight is read for the delta and written for the step; the block's biases count as a column. */
function learnCost(inputSize: number): number {
  return 2 * BLOCK * (inputSize + 1);
}

/** In the order in which they come; those from penaltyGradient on are the end of a batch. */
const Phase = Object.freeze({
  idle: 0,
  penalty: 1,
  forward: 2,
  loss: 3,
  watch: 4,
  lookAhead: 5,
  gradients: 6,
  backward: 7,
  penaltyGradient: 8,
  check: 9,
  clip: 10,
  norm: 11,
  scale: 12,
  update: 13,
});
