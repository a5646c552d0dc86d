import type {Loss} from "../losses/loss.js";
import type {NativeProgram} from "../native/native-program.js";
import {NativeNumber, NativeStatus, NativeWord} from "../native/native-task.js";
import type {Network} from "../network.js";
import {isFiniteNumber, LARGEST} from "../numbers/is-finite.js";
import {BLOCK, blockCount} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import type {Schedule} from "../schedules/schedule.js";
import {clipByValue, scale} from "./clip.js";
import {Guard} from "./guard.js";
import {learnsByItself} from "./learns-by-itself.js";
import type {NeuronWatch} from "./neuron-watch.js";
import {addPenalty, addPenaltyGradient} from "./penalty.js";
import {learnBackward, learnForward} from "./plain-example.js";
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
   * 24-16-3 then takes 60 % more bytecodes on XS with online-sgd, 29 % with online-adam, 28 % with adam, and 19 % with
   * adam in batches of 5.
   */
  readonly guard?: boolean | undefined;
}

/**
 * One example's way through the network and back, and what ends a batch, as a row of phases that can be gone through in
 * slices. A phase has units, each of so many multiply-accumulates; a unit is never cut, so that slices of any length give
 * the same bytes. What is no multiplication counts as one for each number that it reads.
 *
 * An example: penalty, forward, loss, watch, look ahead, then for each layer from the last gradients, backward and rows.
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
  /** Whether nothing is penalized, watched, guarded or clipped. */
  private readonly isPlain: boolean;
  /** Whether a layer does something else on the way forward when it learns, as dropout draws a mask. */
  private readonly draws: boolean;
  private readonly native: NativeProgram | undefined;
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
    options: PassOptions & {readonly batch?: number | undefined},
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
    this.native = network.native;
    this.isPlain =
      this.native === undefined &&
      !this.isPenalized &&
      watch === undefined &&
      this.guard === undefined &&
      this.clipValue === Infinity &&
      this.clipNorm === Infinity;
    this.draws = network.steps.some(({operator}) => operator.forwardLearning !== undefined);
    this.native?.prepareLearning(optimizer, {
      batch: options.batch ?? 1,
      lastBackward: this.lastBackward,
      isPenalized: this.isPenalized,
      looks: watch !== undefined || (this.isInPlace && this.guard !== undefined),
      checks: this.guard !== undefined || this.clipValue < Infinity || this.clipNorm < Infinity,
    });
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
    this.rate = own;
    if (this.schedule === undefined) return;
    this.rate = own * this.schedule.factorAt(this.updates);
    // A factor that decays comes to 0 at last.
    if (!(this.rate >= 0 && this.rate <= this.largestRate)) refuseFactor(this.schedule, this.rate / own);
  }

  /** The largest number of multiply-accumulates that can't be cut. */
  get largestUnit(): number {
    let largest = Math.max(this.optimizer.cost, this.watch?.neurons ?? 0);
    for (let k = 0; k < this.network.steps.length; k++) {
      const {operator, inputSize, outputSize, inputDeltaAt} = this.network.steps[k];
      let unit = operator.addGradients === undefined ? outputSize : inputSize;
      if (k >= this.network.plan.firstLearning) {
        if (operator.addGradients === undefined) unit = outputSize;
        else if (learnsByItself(this.optimizer, operator)) unit = learnCost(inputSize);
        else {
          if (inputDeltaAt >= 0) unit = BLOCK * inputSize;
          if (this.isInPlace) unit = Math.max(unit, this.optimizer.cost * (inputSize + 1));
        }
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
   * A whole example; its input and targets stand where beginExample wants them.
   * @param batch examples that end a batch
   * @returns the example's loss, the penalty included
   * @throws InputError as beginExample does, for a loss that isn't finite, and as the guard does; the parameters are as before
   *   then
   */
  learn(batch: number): number {
    if (!this.isPlain) {
      this.beginExample(batch);
      this.work(Infinity, batch);
      return this.dataLoss + this.penalty;
    }
    // Where nothing is penalized, watched, guarded or clipped: for small networks phases take longer than layers.
    const pending = this.pending + 1;
    // A rate that was looked at needs no look again.
    if (pending === batch && (this.optimizer.learningRate !== this.rate || this.schedule !== undefined))
      this.fixRate();
    const loss = learnForward(this.network, this.loss, this.random, this.draws);
    this.dataLoss = loss;
    learnBackward(this.network, this.loss, this.optimizer, this.rate);
    this.pending = pending;
    if (pending === batch) this.updatePlainly(batch);
    return loss;
  }

  private updatePlainly(batch: number): void {
    this.revision++;
    if (this.optimizer.gradients > 0) {
      const {arena, plan} = this.network;
      this.optimizer.begin?.();
      this.optimizer.update?.(arena, plan, 0, plan.learned, this.rate, batch);
      this.clearGradients();
    }
    this.finishUpdate();
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
        if (this.native !== undefined) {
          left -= this.workNatively(this.native, left, batch);
          const {status} = this.native;
          if (status === NativeStatus.done || status === NativeStatus.spent) break;
          if (status === NativeStatus.nextUnknown) this.goOn(batch);
        }
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
            else if (learnsByItself(this.optimizer, step.operator))
              step.operator.learn?.(step, this.rate, from, to);
            else step.operator.backward(step, from, to);
            break;
          case Phase.gradients:
            step.operator.addGradients?.(step, from, to);
            break;
          case Phase.rows:
            this.optimizer.learnRows?.(step, this.network.plan, this.rate, from, to);
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

  /**
   * Goes on in C, as far as that knows the way.
   * @returns the multiply-accumulates that it took
   * @throws InputError for a loss that isn't finite
   */
  private workNatively(native: NativeProgram, budget: number, batch: number): number {
    if (this.isInPlace || this.pending + 1 >= batch || this.phase >= Phase.penaltyGradient)
      native.giveNumbers(this.optimizer);
    const {phase, k, unit, pending, rate, penalty} = this;
    const spent = native.work(phase, k, unit, pending, budget, rate, penalty);
    const {status, words, numbers} = native;
    if (status === NativeStatus.unknown) return spent;
    if (native.measures) this.dataLoss = numbers[NativeNumber.dataLoss];
    if (this.isPenalized) {
      this.penalty = numbers[NativeNumber.penalty];
      const known = words[NativeWord.penaltyIsKnown];
      if (known >= 0) this.penaltyIsKnown = known === 1;
    }
    if (status === NativeStatus.notFinite) refuseLoss(this.network, this.dataLoss);
    if (words[NativeWord.begun] !== 0) {
      this.optimizer.begin?.();
      this.revision++;
    }
    if (words[NativeWord.finished] !== 0) this.updates++;
    this.pending = words[NativeWord.pending];
    this.phase = words[NativeWord.phase];
    if (status === NativeStatus.done) return spent;
    this.k = words[NativeWord.k];
    this.unit = words[NativeWord.unit];
    this.unitCount = words[NativeWord.unitCount];
    this.unitCost = words[NativeWord.unitCost];
    return spent;
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
    } else this.beginWayBack();
  }

  private beginWayBack(): void {
    if (this.isInPlace) this.optimizer.begin?.();
    this.enterLayer(this.lastBackward);
  }

  private enterLookAhead(k: number): void {
    const {operator, inputSize, outputSize} = this.network.steps[k];
    if (operator.addGradients !== undefined) this.enter(Phase.lookAhead, k, outputSize + 1, inputSize + 1);
    else this.enter(Phase.lookAhead, k, 1, 1);
  }

  private judge(k: number): void {
    const step = this.network.steps[k];
    if (step.operator.addGradients === undefined) return;
    const isByItself = learnsByItself(this.optimizer, step.operator);
    this.guard?.judge(step, k, this.rate, isByItself ? undefined : this.optimizer.largestGradient);
  }

  /** What a step does on the way back. */
  private enterLayer(k: number): void {
    const {operator, inputSize, outputSize} = this.network.steps[k];
    if (operator.addGradients === undefined) this.enter(Phase.backward, k, 1, outputSize);
    else if (learnsByItself(this.optimizer, operator))
      this.enter(Phase.backward, k, blockCount(outputSize), learnCost(inputSize));
    else if (this.isInPlace) this.enterBackward(k);
    else this.enter(Phase.gradients, k, outputSize, inputSize);
  }

  /** Input deltas of a step with parameters, where they are wanted. */
  private enterBackward(k: number): void {
    const {inputDeltaAt, inputSize, outputSize} = this.network.steps[k];
    this.enter(Phase.backward, k, inputDeltaAt < 0 ? 0 : blockCount(outputSize), BLOCK * inputSize);
  }

  private enterRows(k: number): void {
    const {inputSize, outputSize} = this.network.steps[k];
    this.enter(Phase.rows, k, outputSize, this.optimizer.cost * (inputSize + 1));
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
        if (this.optimizer.learnRows !== undefined && this.network.steps[k].operator.isAffine)
          this.enterRows(k);
        else this.leaveLayer(k, batch);
        break;
      case Phase.rows:
        this.leaveLayer(k, batch);
        break;
      case Phase.gradients:
        this.enterBackward(k);
        break;
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
        this.judge(k);
        if (k > first) this.enterLookAhead(k - 1);
        else this.beginWayBack();
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

  /** Goes on from a layer whose way back is through. */
  private leaveLayer(k: number, batch: number): void {
    if (k > this.network.plan.firstLearning) this.enterLayer(k - 1);
    else {
      this.pending++;
      this.phase = Phase.idle;
      if (this.pending === batch) this.enterEndOfBatch();
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
  rows: 8,
  penaltyGradient: 9,
  check: 10,
  clip: 11,
  norm: 12,
  scale: 13,
  update: 14,
});
