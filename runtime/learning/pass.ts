import type {Loss} from "../losses/loss.js";
import type {NativeProgram} from "../native/native-program.js";
import {NativeNumber, NativeStatus, NativeWord} from "../native/native-task.js";
import type {Network} from "../network.js";
import {isFiniteNumber, LARGEST} from "../numbers/is-finite.js";
import {BLOCK} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import type {Schedule} from "../schedules/schedule.js";
import {clipByValue, scale} from "./clip.js";
import {learnsByItself} from "./learns-by-itself.js";
import type {NeuronWatch} from "./neuron-watch.js";
import type {PassOptions} from "./pass-options.js";
import {addPenalty, addPenaltyGradient} from "./penalty.js";
import {Phase} from "./phase.js";
import {learnCost, PhaseOrder} from "./phase-order.js";
import {learnBackward, learnForward} from "./plain-example.js";
import {refuseLoss} from "./refuse-loss.js";
import {refuseFactor, refuseRate} from "./refuse-rate.js";
import {sumOfSquares} from "./sum-of-squares.js";

/**
 * One example's way through the network and back, and what ends a batch, as a row of phases that can be gone through in
 * slices. A phase has units, each of so many multiply-accumulates; a unit is never cut, so that slices of any length give
 * the same bytes. What is no multiplication counts as one for each number that it reads.
 *
 * An example: penalty, forward, loss, watch, look ahead, then for each layer from the last gradients, backward and rows.
 * The end of a batch: penalty's gradient, check, clip, norm, scale, update. What isn't asked for is left out.
 */
export class Pass extends PhaseOrder {
  /** Loss of the last example, without the penalty. */
  dataLoss = 0;
  /** Penalty of the parameters that the last example met. */
  penalty = 0;
  /** Draws dropout's masks. */
  private readonly random: Random;
  readonly schedule: Schedule | undefined;
  /** Whether nothing is penalized, watched, guarded or clipped. */
  private readonly isPlain: boolean;
  /** Whether learn wants labels where there are any, and no targets for them. */
  readonly takesLabels: boolean;
  /** Whether a layer does something else on the way forward when it learns, as dropout draws a mask. */
  private readonly draws: boolean;
  private readonly native: NativeProgram | undefined;
  /** The largest learning rate that all layers can follow. */
  private readonly largestRate: number;

  /** Made by the learner, which has checked all of it. */
  constructor(
    network: Network,
    loss: Loss,
    optimizer: Optimizer,
    random: Random,
    watch: NeuronWatch | undefined,
    options: PassOptions & {readonly batch?: number | undefined},
  ) {
    super(network, loss, optimizer, watch, options);
    this.random = random;
    this.schedule = options.schedule;
    this.largestRate = this.isInPlace ? largestRateOf(network) : LARGEST;
    this.native = network.native;
    this.isPlain =
      this.native === undefined &&
      !this.isPenalized &&
      watch === undefined &&
      this.guard === undefined &&
      this.clipValue === Infinity &&
      this.clipNorm === Infinity;
    this.takesLabels = this.isPlain && loss.byLabel?.of === loss.measure && network.output.length > 1;
    this.draws = network.steps.some(({operator}) => operator.forwardLearning !== undefined);
    this.native?.prepareLearning(optimizer, {
      batch: options.batch ?? 1,
      lastBackward: this.lastBackward,
      isPenalized: this.isPenalized,
      looks: watch !== undefined || (this.isInPlace && this.guard !== undefined),
      checks: this.guard !== undefined || this.clipValue < Infinity || this.clipNorm < Infinity,
    });
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

  /**
   * A whole example; its input stands where beginExample wants it, and so do its targets where this takes no labels.
   * @param batch examples that end a batch
   * @param label the output that is to be 1; -1 for targets
   * @returns the example's loss, the penalty included
   * @throws InputError as beginExample does, for a loss that isn't finite, and as the guard does; the parameters are as before
   *   then
   */
  learn(batch: number, label: number): number {
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
    const loss = learnForward(
      this.network,
      this.loss,
      this.random,
      this.draws,
      this.takesLabels ? label : -1,
    );
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
}

function largestRateOf({steps, plan}: Network): number {
  let largest = LARGEST;
  for (let k = plan.firstLearning; k < steps.length; k++)
    largest = Math.min(largest, steps[k].operator.largestRate ?? LARGEST);
  return largest;
}
