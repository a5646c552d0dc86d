import {checkOption, checkOptionNames, checkWhole} from "./check-option.js";
import {classCount} from "./image/labels.js";
import {InputError} from "./input-error.js";
import {NeuronWatch} from "./learning/neuron-watch.js";
import {Pass, type PassOptions} from "./learning/pass.js";
import type {Loss} from "./losses/loss.js";
import type {Model} from "./model.js";
import {Network} from "./network.js";
import type {Optimizer} from "./optimizers/optimizer.js";
import {Random} from "./random.js";

/** How a learner learns, beside its optimizer. What is left out is off. */
export interface LearnerOptions extends PassOptions {
  /** Examples a batch, a whole number from 1 (the default); OnlineSgd knows only 1. */
  readonly batch?: number | undefined;
  /** How many layers learn, counted from the last; all when left out. The image must hold a plan for it. */
  readonly layers?: number | undefined;
  /** Keeps room for a copy of the parameters, for keepBest(): 4 bytes a parameter that learns. */
  readonly keepBest?: boolean | undefined;
  /** Watches for dead neurons: one bit a ReLU. */
  readonly watchNeurons?: boolean | undefined;
  /** Decides what dropout drops; a whole number, 1 when left out. */
  readonly seed?: number | undefined;
}

const OPTIONS = Object.freeze([
  "batch",
  "layers",
  "schedule",
  "clipValue",
  "clipNorm",
  "guard",
  "keepBest",
  "watchNeurons",
  "seed",
]);

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
      layers: options.layers,
      keepBest: options.keepBest,
      watchNeurons: options.watchNeurons,
    });
    checkLoss(this.network);
    this.optimizer = optimizer;
    this.batch = options.batch ?? 1;
    this.target = targetOf(this.network);
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
    this.begin(label);
    this.#pass.work(Infinity, this.batch);
    return this.#pass.dataLoss + this.#pass.penalty;
  }

  /**
   * One example whose targets stand in `target`. This overwrites them: write all of them anew before each example, as
   * what stands there afterwards is no target and isn't told from one. Nor is it looked at whether targets are what a loss
   * is made for, as from 0 to 1, and of softmax a distribution, whose sum is 1.
   * @returns its loss, the penalty included
   * @throws InputError for a number that isn't finite
   */
  learnTarget(): number {
    this.beginTarget();
    this.#pass.work(Infinity, this.batch);
    return this.#pass.dataLoss + this.#pass.penalty;
  }

  /**
   * One example without label or target, for a loss that looks at the input alone: k-means or an autoencoder.
   * @returns its loss, the penalty included; what network.score() gave before, where nothing is penalized
   * @throws InputError for a network that learns from labels or targets, and for a number that isn't finite
   */
  learnInput(): number {
    this.beginInput();
    this.#pass.work(Infinity, this.batch);
    return this.#pass.dataLoss + this.#pass.penalty;
  }

  /**
   * Begins an example that work() learns in slices. Until it is through, the network must not predict, nor its input
   * change.
   * @throws InputError as learn does for a label, and while another example is under way
   */
  begin(label: number): void {
    // A label comes from a user, and -1 from a search would ruin the network in silence.
    const {target} = this;
    if (target.length === 0) refuseAnswer();
    const classes = classCount(target.length);
    if (!(typeof label === "number" && label >= 0 && label < classes && label % 1 === 0))
      refuseLabel(label, classes);
    if (!this.#pass.isIdle) refuseToBegin();
    if (target.length === 1) target[0] = label;
    else {
      target.fill(0);
      target[label] = 1;
    }
    this.#pass.beginExample(this.batch);
  }

  /** Begins an example whose targets stand in `target`, as learnTarget does. @throws InputError while another is under way */
  beginTarget(): void {
    if (this.target.length === 0) refuseAnswer();
    if (!this.#pass.isIdle) refuseToBegin();
    this.#pass.beginExample(this.batch);
  }

  /** Begins an example without label or target. @throws InputError as learnInput does, and while another is under way */
  beginInput(): void {
    if (this.target.length > 0) refuseInput(this.network.loss);
    if (!this.#pass.isIdle) refuseToBegin();
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
}

function targetOf({arena, steps, loss}: Network): Float32Array {
  const {outputDeltaAt, outputSize} = steps[steps.length - 1];
  return arena.subarray(outputDeltaAt, outputDeltaAt + (loss.score === undefined ? outputSize : 0));
}

function watchOf({steps, views, plan}: Network, keepsBest: boolean): NeuronWatch {
  const at = plan.arenaSize + (keepsBest ? plan.learned : 0);
  return new NeuronWatch(steps, plan.firstLearning, views.words, at);
}

function refuseLabel(label: unknown, count: number): never {
  const found = typeof label === "number" ? `${label}` : `a value of type ${typeof label}`;
  throw new InputError(
    "learn(label)",
    `a whole number from 0 to ${count - 1}`,
    found,
    "Check the label first.",
  );
}

function refuseAnswer(): never {
  const remedy = "Call learnInput() or beginInput().";
  throw new InputError("learner", "no label and no target, as the loss takes none", "one", remedy);
}

function refuseInput({name}: Loss): never {
  const remedy = "Call learn(label), or learnTarget() after writing learner.target.";
  throw new InputError("learner", `a label or targets for the loss ${name}`, "none", remedy);
}

function refuseToBegin(): never {
  const remedy = "Call work() until it returns true.";
  throw new InputError("learner", "no example under way", "one that is not through", remedy);
}

function refuseBudget(budget: number, smallest: number): never {
  throw new InputError("work(budget)", `at least ${smallest}`, `${budget}`, "Give it a larger budget.");
}

/** No float32 number becomes infinite by it. */
const MOST_NUDGE = 2 ** 63;

function refuseNudge(nudge: number): never {
  const remedy = "Give it a small one, as 0.1.";
  throw new InputError("reviveNeurons(nudge)", "a number from -2^63 to 2^63", `${nudge}`, remedy);
}

function refuseRevival(): never {
  const remedy = "Make the learner with watchNeurons: true.";
  throw new InputError("reviveNeurons(nudge)", "neurons that are watched", "none", remedy);
}

function refuseBest(expected: string, found: string, remedy: string): never {
  throw new InputError("best parameters", expected, found, remedy);
}

function checkOptimizer(optimizer: Optimizer): void {
  if (Number.isInteger(optimizer?.gradients) && Number.isInteger(optimizer.states)) return;
  const found = typeof optimizer === "function" ? "a class" : `${optimizer}`;
  throw new InputError("optimizer", "an optimizer such as new Adam()", found, "Make one with new.");
}

function checkOptions(options: LearnerOptions, optimizer: Optimizer): void {
  checkOptionNames(options, OPTIONS);
  const {batch = 1, schedule, clipValue, clipNorm, seed = 1} = options;
  checkWhole("batch", batch);
  if (clipValue !== undefined) checkOption("clipValue", clipValue, 0, Infinity);
  if (clipNorm !== undefined) checkOption("clipNorm", clipNorm, 0, Infinity);
  if (!Number.isSafeInteger(seed)) {
    throw new InputError("seed", "a whole number", `${seed}`, "Change the option.");
  }
  if (schedule !== undefined && typeof schedule?.factorAt !== "function") {
    const expected = "a schedule such as new InverseTime({decay: 0.01})";
    throw new InputError("schedule", expected, `${schedule}`, "Make one with new.");
  }
  checkSwitch("guard", options.guard);
  checkSwitch("keepBest", options.keepBest);
  checkSwitch("watchNeurons", options.watchNeurons);
  if (optimizer.gradients > 0) return;
  if (batch !== 1)
    refuseInPlace("batch", 1, optimizer, batch, "Leave the option out or take another optimizer.");
  const remedy = "Take new Sgd(), which with a batch of 1 learns from each example too.";
  if (clipValue !== undefined) refuseInPlace("clipValue", "nothing", optimizer, clipValue, remedy);
  if (clipNorm !== undefined) refuseInPlace("clipNorm", "nothing", optimizer, clipNorm, remedy);
}

function checkSwitch(option: string, value: boolean | undefined): void {
  if (value === undefined || value === true || value === false) return;
  throw new InputError(option, "true or false", `${value}`, "Change the option.");
}

function refuseInPlace(
  option: string,
  expected: number | string,
  optimizer: Optimizer,
  found: number,
  remedy: string,
): never {
  const why = `${expected} for ${optimizer.name}, which keeps no gradients`;
  throw new InputError(option, why, `${found}`, remedy);
}

function checkLoss({steps, plan, loss}: Network): void {
  const last = steps[steps.length - 1].operator;
  if (loss.fusedOperator !== undefined && last.name !== loss.fusedOperator) {
    const remedy = `The loss ${loss.name} needs it.`;
    throw new InputError("image: last operator", loss.fusedOperator, last.name, remedy);
  }
  if (plan.learned < 1) {
    const remedy = "Compile the model again.";
    throw new InputError("image: parameters that learn", "1 or more", `${plan.learned}`, remedy);
  }
}
