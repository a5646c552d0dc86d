import type {Loss} from "../losses/loss.js";
import type {Network} from "../network.js";
import {BLOCK, blockCount} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {Guard} from "./guard.js";
import {learnsByItself} from "./learns-by-itself.js";
import type {NeuronWatch} from "./neuron-watch.js";
import type {PassOptions} from "./pass-options.js";
import {Phase} from "./phase.js";

/**
 * Where a pass is, and where it goes from there: which phase comes after which, at which step, and how many units it has
 * there. A base class, because on XS each function of the module that one mentions takes a slot of its stack frame, and a
 * method none.
 */
export abstract class PhaseOrder {
  // Private to TypeScript alone: each #name that a method mentions takes a slot of its frame too.

  /** Examples whose gradients wait for the end of their batch. */
  pending = 0;
  /** Updates made. */
  updates = 0;
  /** Grows at the beginning of each update, and when parameters were changed from outside. */
  revision = 0;
  protected readonly network: Network;
  protected readonly loss: Loss;
  protected readonly optimizer: Optimizer;
  protected readonly watch: NeuronWatch | undefined;
  protected readonly guard: Guard | undefined;
  protected readonly clipValue: number;
  protected readonly clipNorm: number;
  protected readonly isPenalized: boolean;
  /** Whether the penalty is that of the parameters as they are. */
  protected penaltyIsKnown = false;
  /** Sum of the squared gradients so far, for clipNorm. */
  protected squares = 0;
  /** The learning rate of the update that is under way: one for all its slices. */
  protected rate = 0;
  protected phase: number = Phase.idle;
  /** The step that the phase is at. */
  protected k = 0;
  /** The phase's next unit, how many it has at this step, and the multiply-accumulates of each. */
  protected unit = 0;
  protected unitCount = 0;
  protected unitCost = 1;

  protected constructor(
    network: Network,
    loss: Loss,
    optimizer: Optimizer,
    watch: NeuronWatch | undefined,
    options: PassOptions,
  ) {
    this.network = network;
    this.loss = loss;
    this.optimizer = optimizer;
    this.watch = watch;
    this.guard = options.guard ? new Guard(network.steps) : undefined;
    this.clipValue = options.clipValue ?? Infinity;
    this.clipNorm = options.clipNorm ?? Infinity;
    this.isPenalized = network.steps.some(({regularization}) => regularization !== undefined);
  }

  protected get isInPlace(): boolean {
    return this.optimizer.gradients === 0;
  }

  /** The last step that backward goes through: a loss may stand for the last one's. */
  protected get lastBackward(): number {
    return this.network.steps.length - (this.loss.fusedOperator === undefined ? 1 : 2);
  }

  /** Sets up a phase at step `k`: how many units it has and what each costs. */
  private enter(phase: number, k: number, unitCount: number, unitCost: number): void {
    this.phase = phase;
    this.k = k;
    this.unit = 0;
    this.unitCount = unitCount;
    this.unitCost = unitCost;
  }

  protected enterForward(k: number): void {
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
  protected enterParameters(phase: number, k: number): void {
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
  protected goOn(batch: number): void {
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

  protected enterEndOfBatch(): void {
    if (this.isInPlace) {
      this.finishUpdate();
      return;
    }
    this.revision++;
    if (this.isPenalized) this.enterParameters(Phase.penaltyGradient, this.network.plan.firstLearning);
    else this.enterCheck();
  }

  protected finishUpdate(): void {
    this.pending = 0;
    this.updates++;
    this.penaltyIsKnown = false;
    this.phase = Phase.idle;
  }

  protected clearGradients(): void {
    const {arena, plan} = this.network;
    arena.fill(0, plan.gradientsAt, plan.gradientsAt + plan.learned);
    this.pending = 0;
  }

  /** What the sum of gradients is multiplied by, so that the mean's norm is at most the limit. */
  protected normFactor(): number {
    const limit = this.clipNorm * this.pending;
    const norm = Math.sqrt(this.squares);
    return norm > limit ? limit / norm : 1;
  }
}

/** A weight is read for the delta and written for the step; the block's biases count as a column. */
export function learnCost(inputSize: number): number {
  return 2 * BLOCK * (inputSize + 1);
}
