import {classCount} from "./image/labels.js";
import {checkLoss, checkOptimizer, checkOptions, type LearnerOptions} from "./learning/learner-options.js";
import {NeuronWatch} from "./learning/neuron-watch.js";
import {Pass} from "./learning/pass.js";
import {
  refuseAnswer,
  refuseBest,
  refuseBudget,
  refuseInput,
  refuseLabel,
  refuseNudge,
  refuseRevival,
  refuseToBegin,
} from "./learning/refuse-call.js";
import type {Model} from "./model.js";
import {Network} from "./network.js";
import type {Optimizer} from "./optimizers/optimizer.js";
import {Random} from "./random.js";

/**
 * A network that learns where it runs. One arena holds its parameters, gradients, the optimizer's state and all
 * activations; nothing allocates after construction.
 *
 *     learner.network.load(features);
 *     learner.learn(label);
 *
 * A learning rate that is set by hand, or a schedule's factor, is looked at once an update: the example that calls for the
 * update is refused before anything is learned from it.
 *
 * A loss that isn't finite, and with `guard` any such number on the way to the parameters, throws an InputError and leaves
 * the parameters as they were. The example is then as if it had never been shown, but for what dropout drew for it. What
 * the guard finds at the end of a batch makes it forget the whole batch.
 */
export class Learner {
  readonly network: Network;
  readonly optimizer: Optimizer;
  /**
   * For regression: write the values wanted here, as many as the network has outputs, then call learnTarget(). Empty for
   * a loss that takes no targets.
   */
  readonly target: Float32Array;
  /** Examples a batch. */
  readonly batch: number;
  /** Finds dead neurons, for reviveNeurons() to revive; undefined unless asked for. */
  readonly neurons: NeuronWatch | undefined;
  readonly #pass: Pass;
  readonly #random: Random;
  readonly #seed: number;
  /** Where the best parameters lie; -1 when no room is kept for them. */
  readonly #bestAt: number;
  #hasBest = false;
  // Private to TypeScript alone: on XS each #name that a method mentions takes a slot of its stack frame.
  /** That labels tell apart; 0 for a loss that takes none. */
  private readonly classes: number;

  /**
   * @param model the compiled module's default export
   * @param source the image's bytes
   * @param optimizer says how much memory a parameter takes; the image must have been compiled for that much
   * @throws InputError as Network does, and naming the option that is unknown or out of its range
   */
  constructor(
    model: Model,
    source: ArrayBufferLike | ArrayBufferView,
    optimizer: Optimizer,
    options: LearnerOptions = {},
  ) {
    checkOptimizer(optimizer);
    checkOptions(options, optimizer);
    // Few variables: a stack of 256 slots, as an ESP8266 has, must do for all that is called from here.
    this.network = new Network(model, source, {
      gradients: optimizer.gradients,
      states: optimizer.states,
      learnsRows: optimizer.learnRows !== undefined,
      layers: options.layers,
      keepBest: options.keepBest,
      watchNeurons: options.watchNeurons,
    });
    checkLoss(this.network);
    this.optimizer = optimizer;
    this.batch = options.batch ?? 1;
    this.target = targetOf(this.network);
    this.classes = classCount(this.target.length);
    this.#bestAt = options.keepBest ? this.network.plan.arenaSize : -1;
    this.neurons = options.watchNeurons ? watchOf(this.network, options.keepBest === true) : undefined;
    this.#seed = options.seed ?? 1;
    this.#random = new Random(this.#seed);
    this.#pass = new Pass(this.network, model.loss, optimizer, this.#random, this.neurons, options);
    this.#pass.fixRate();
  }

  /** Loss of the last example, without the penalty. */
  get dataLoss(): number {
    return this.#pass.dataLoss;
  }

  /** Penalty of the parameters that the last example met: l1 and l2 of all layers that learn. */
  get penalty(): number {
    return this.#pass.penalty;
  }

  /** Examples learned since the last update; 0 right after one. */
  get pending(): number {
    return this.#pass.pending;
  }

  /** Updates made so far: what a schedule counts. */
  get updates(): number {
    return this.#pass.updates;
  }

  /**
   * Grows at the beginning of each update and with whatever else changes parameters or the optimizer's state: while two
   * are equal, and no example is under way, nothing has changed in between.
   */
  get revision(): number {
    return this.#pass.revision;
  }

  /** How many numbers writeProgress writes. */
  get progressSize(): number {
    return 2 + (this.optimizer.progressSize ?? 0) + (this.#pass.schedule?.progressSize ?? 0);
  }

  /** The rate of the next update: the optimizer's, times the schedule's factor. */
  get learningRate(): number {
    return this.#pass.learningRate;
  }

  /** True while an example, or the end of a batch, that was begun has not come to its end. */
  get isWorking(): boolean {
    return !this.#pass.isIdle;
  }

  /** The smallest budget that work() takes: the largest stretch of multiply-accumulates that can't be cut. */
  get smallestBudget(): number {
    return this.#pass.largestUnit;
  }

  /**
   * One example: forward, loss, backward, and the update when it fills a batch.
   * @param label index of the class that the network's input belongs to: 0 to outputs - 1; 0 or 1 for a single output
   * @returns the example's loss, the penalty included
   * @throws InputError for any other label before anything is learned, and for a number that isn't finite
   */
  learn(label: number): number {
    this.giveLabel(label, this.#pass.takesLabels);
    return this.#pass.learn(this.batch, label);
  }

  /**
   * One example whose targets stand in `target`. This overwrites them: write all of them anew before each example, as
   * what stands there afterwards is no target and isn't told from one. Nor is it looked at whether targets are what a loss
   * is made for, as from 0 to 1, and of softmax a distribution, whose sum is 1.
   * @returns its loss, the penalty included
   * @throws InputError for a number that isn't finite
   */
  learnTarget(): number {
    this.checkTarget();
    return this.#pass.learn(this.batch, -1);
  }

  /**
   * One example without label or target, for a loss that looks at the input alone: k-means or an autoencoder.
   * @returns its loss, the penalty included; what network.score() gave before, where nothing is penalized
   * @throws InputError for a network that learns from labels or targets, and for a number that isn't finite
   */
  learnInput(): number {
    this.checkInput();
    return this.#pass.learn(this.batch, -1);
  }

  /**
   * Begins an example that work() learns in slices. Until it is through, the network must not predict, nor its input
   * change.
   * @throws InputError as learn does for a label, and while another example is under way
   */
  begin(label: number): void {
    this.giveLabel(label, false);
    this.#pass.beginExample(this.batch);
  }

  /** Begins an example whose targets stand in `target`, as learnTarget does. @throws InputError while another is under way */
  beginTarget(): void {
    this.checkTarget();
    this.#pass.beginExample(this.batch);
  }

  /** Begins an example without label or target. @throws InputError as learnInput does, and while another is under way */
  beginInput(): void {
    this.checkInput();
    this.#pass.beginExample(this.batch);
  }

  /**
   * Goes on with what was begun. Slices of whatever length give the same bytes as learn().
   * @param budget multiply-accumulates that this call may take, at least `smallestBudget`; what is no multiplication
   *   counts as one for each number
   * @returns true when the example, and the update that it may have called for, is through
   * @throws InputError for a budget too small, and for a number that isn't finite
   */
  work(budget: number): boolean {
    if (!(budget > 0)) refuseBudget(budget, this.smallestBudget);
    const left = this.#pass.work(budget, this.batch);
    if (this.#pass.isIdle) return true;
    if (left === budget) refuseBudget(budget, this.smallestBudget);
    return false;
  }

  /**
   * Ends a batch before it is full, as at the end of the data: its examples count with their own mean. Does nothing
   * when no example is pending.
   * @throws InputError while an example is under way, and for a number that isn't finite
   */
  update(): void {
    this.beginUpdate();
    this.#pass.work(Infinity, this.batch);
  }

  /** Begins an update for work() to end. @throws InputError while an example is under way */
  beginUpdate(): void {
    if (!this.#pass.isIdle) refuseToBegin();
    if (this.pending > 0) this.#pass.beginUpdate();
  }

  /**
   * Adds `nudge` to the biases of the dead neurons, all else stays, and begins the watch anew. The next example's penalty
   * is that of the new biases.
   * @param nudge from -2^63 to 2^63; above 0 to wake them, as 0.1
   * @returns how many they were; 0 before any example was watched
   * @throws InputError for a nudge beyond that or that is no number, without a watch, and while an example is under way
   */
  reviveNeurons(nudge: number): number {
    if (this.neurons === undefined) return refuseRevival();
    if (!(typeof nudge === "number" && nudge <= MOST_NUDGE && nudge >= -MOST_NUDGE)) refuseNudge(nudge);
    if (!this.#pass.isIdle) refuseToBegin();
    this.#pass.forgetPenalty();
    return this.neurons.nudgeDead(nudge);
  }

  /**
   * Puts network, optimizer and schedule back to what the image says, as if nothing had been learned. A learning rate that
   * was set by hand stays.
   */
  reset(): void {
    this.network.reset();
    this.optimizer.reset?.();
    this.#random.seed(this.#seed);
    this.#pass.reset();
    this.neurons?.reset();
    this.#hasBest = false;
  }

  /**
   * Writes all that learning goes on from and that the arena doesn't hold: updates made, where the learner's lots stand,
   * what optimizer and schedule count. A learning rate that was set by hand is not among it, nor examples of a batch that
   * isn't full.
   * @param numbers as many as progressSize says
   */
  writeProgress(numbers: Float64Array): void {
    const {optimizer} = this;
    numbers[0] = this.#pass.updates;
    numbers[1] = this.#random.state;
    optimizer.writeProgress?.(numbers, 2);
    this.#pass.schedule?.writeProgress?.(numbers, 2 + (optimizer.progressSize ?? 0));
  }

  /** @returns whether numbers can be what writeProgress wrote */
  isProgress(numbers: Float64Array): boolean {
    if (numbers.length !== this.progressSize) return false;
    for (let k = 0; k < numbers.length; k++) if (Number.isNaN(numbers[k])) return false;
    const updates = numbers[0];
    const lots = numbers[1];
    return updates >= 0 && Number.isSafeInteger(updates) && lots !== 0 && lots === (lots | 0);
  }

  /** Takes what writeProgress wrote, once reset() was called and parameters and states are in the arena. */
  readProgress(numbers: Float64Array): void {
    const {optimizer} = this;
    this.#pass.updates = numbers[0];
    this.#random.state = numbers[1];
    optimizer.readProgress?.(numbers, 2);
    this.#pass.schedule?.readProgress?.(numbers, 2 + (optimizer.progressSize ?? 0));
  }

  /**
   * Copies the parameters, for restoreBest() to bring back.
   * @throws InputError when no room was asked for, and while an example is under way
   */
  keepBest(): void {
    const {parametersAt, learned} = this.network.plan;
    if (!this.#pass.isIdle) refuseToBegin();
    if (this.#bestAt < 0)
      refuseBest("room for the best parameters", "none", "Make the learner with keepBest: true.");
    this.network.arena.copyWithin(this.#bestAt, parametersAt, parametersAt + learned);
    this.#hasBest = true;
  }

  /**
   * Brings back the parameters that keepBest() copied; gradients and the optimizer's state begin anew.
   * @throws InputError when none were kept
   */
  restoreBest(): void {
    const {arena, plan} = this.network;
    if (!this.#hasBest) refuseBest("parameters that were kept", "none", "Call keepBest() first.");
    arena.copyWithin(plan.parametersAt, this.#bestAt, this.#bestAt + plan.learned);
    const from = plan.parametersAt + plan.learned;
    arena.fill(0, from, from + plan.learned * (plan.gradients + plan.states));
    this.optimizer.reset?.();
    this.#pass.abandon();
  }

  /**
   * Looks at a label and, where the loss isn't told it by itself, writes its targets.
   * @throws InputError as learn does for it, and while an example is under way
   */
  private giveLabel(label: number, isTold: boolean): void {
    const {classes, target} = this;
    // A label comes from a user, and -1 from a search would ruin the network in silence.
    if (!(typeof label === "number" && label >= 0 && label < classes && label % 1 === 0)) {
      if (classes === 0) refuseAnswer();
      refuseLabel(label, classes);
    }
    if (!this.#pass.isIdle) refuseToBegin();
    if (isTold) return;
    if (target.length === 1) target[0] = label;
    else {
      target.fill(0);
      target[label] = 1;
    }
  }

  /** @throws InputError where there are no targets, and while an example is under way */
  private checkTarget(): void {
    if (this.classes === 0) refuseAnswer();
    if (!this.#pass.isIdle) refuseToBegin();
  }

  /** @throws InputError where there are targets, and while an example is under way */
  private checkInput(): void {
    if (this.classes > 0) refuseInput(this.network.loss);
    if (!this.#pass.isIdle) refuseToBegin();
  }
}

function targetOf({arena, steps, loss}: Network): Float32Array {
  const {outputDeltaAt, outputSize} = steps[steps.length - 1];
  return arena.subarray(outputDeltaAt, outputDeltaAt + (loss.score === undefined ? outputSize : 0));
}

function watchOf({steps, views, plan}: Network, keepsBest: boolean): NeuronWatch {
  const at = plan.arenaSize + (keepsBest ? plan.learned : 0);
  return new NeuronWatch(steps, plan.firstLearning, views.words, at);
}

/** No float32 number becomes infinite by it. */
const MOST_NUDGE = 2 ** 63;
