import {OperatorCode} from "./image/format.js";
import {InputError} from "./input-error.js";
import type {Loss} from "./losses/loss.js";
import type {Model} from "./model.js";
import {Network} from "./network.js";
import type {Optimizer} from "./optimizers/optimizer.js";

/**
 * A network that learns where it runs. One arena holds its parameters, gradients, the optimizer's state and all
 * activations; nothing allocates after construction.
 *
 *     learner.network.load(features);
 *     learner.learn(label);
 */
export class Learner {
  readonly network: Network;
  readonly optimizer: Optimizer;
  /** For regression: write the values wanted here, as many as the network has outputs, then call learnTarget(). */
  readonly target: Float32Array;
  /** Examples a batch. */
  readonly batch: number;
  /** Examples learned since the last update; 0 right after one. */
  pending = 0;
  readonly #loss: Loss;
  readonly #outputAt: number;
  readonly #deltaAt: number;
  readonly #lastBackward: number;

  /**
   * @param model the compiled module's default export
   * @param source the image's bytes
   * @param optimizer says how much memory a parameter takes; the image must have been compiled for that much
   * @param options.batch examples a batch, a whole number from 1 (the default); OnlineSgd knows only 1
   * @throws InputError as Network does, and for a batch out of range
   */
  constructor(
    model: Model,
    source: ArrayBufferLike | ArrayBufferView,
    optimizer: Optimizer,
    options: {batch?: number} = {},
  ) {
    if (!Number.isInteger(optimizer?.gradients) || !Number.isInteger(optimizer.states)) {
      const found = typeof optimizer === "function" ? "a class" : `${optimizer}`;
      throw new InputError("optimizer", "an optimizer such as new Adam()", found, "Make one with new.");
    }
    const batch = options.batch ?? 1;
    if (!Number.isInteger(batch) || batch < 1) {
      throw new InputError("batch", "a whole number from 1", `${batch}`, "Change the option.");
    }
    if (optimizer.gradients === 0 && batch !== 1) {
      const remedy = "Leave the option out or take another optimizer.";
      throw new InputError("batch", `1 for ${optimizer.name}, which keeps no gradients`, `${batch}`, remedy);
    }
    this.network = new Network(model, source, optimizer);
    checkLoss(this.network, model.loss);
    this.optimizer = optimizer;
    this.batch = batch;
    const {arena, steps} = this.network;
    const {outputAt, outputDeltaAt, outputSize} = steps[steps.length - 1];
    this.target = arena.subarray(outputDeltaAt, outputDeltaAt + outputSize);
    this.#loss = model.loss;
    this.#outputAt = outputAt;
    this.#deltaAt = outputDeltaAt;
    this.#lastBackward = steps.length - (model.loss.fusesLastOperator ? 2 : 1);
  }

  /**
   * One example: forward, loss, backward, and the update when it fills a batch.
   * @param label index of the class that the network's input belongs to, 0 to outputs - 1
   * @returns the example's loss
   * @throws InputError for any other label, before anything is learned
   */
  learn(label: number): number {
    // The one check in a step: a label comes from a user, and -1 from a search would ruin the network in silence.
    if (!(label >= 0 && label < this.target.length && label % 1 === 0))
      refuseLabel(label, this.target.length);
    this.target.fill(0);
    this.target[label] = 1;
    return this.learnTarget();
  }

  /** Puts network and optimizer back to what the image says, as if nothing had been learned. */
  reset(): void {
    this.network.reset();
    this.optimizer.reset?.();
    this.pending = 0;
  }

  /** One example whose targets stand in `target`, which this overwrites. @returns the example's loss */
  learnTarget(): number {
    const {network, optimizer} = this;
    const {steps, arena} = network;
    network.predict();
    const loss = this.#loss.measure(arena, this.#outputAt, this.#deltaAt, this.target.length);
    const inPlace = optimizer.gradients === 0;
    for (let k = this.#lastBackward; k >= network.plan.firstLearning; k--) {
      const step = steps[k];
      if (inPlace && step.operator.learn !== undefined) step.operator.learn(step, optimizer.learningRate);
      else step.operator.backward(step);
    }
    this.pending++;
    if (this.pending === this.batch) this.update();
    return loss;
  }

  /**
   * Ends a batch before it is full, as at the end of the data: its examples count with their own mean. Does nothing
   * when no example is pending.
   */
  update(): void {
    const {pending, optimizer} = this;
    if (pending === 0) return;
    this.pending = 0;
    if (optimizer.update === undefined) return;
    const {arena, plan} = this.network;
    const {parametersAt, gradientsAt, statesAt, learned} = plan;
    optimizer.update(arena, parametersAt, gradientsAt, statesAt, learned, pending);
    arena.fill(0, gradientsAt, gradientsAt + learned);
  }
}

function refuseLabel(label: number, count: number): never {
  throw new InputError(
    "learn(label)",
    `a whole number from 0 to ${count - 1}`,
    `${label}`,
    "Check the label first.",
  );
}

function checkLoss({lossCode: code, steps}: Network, loss: Loss): void {
  const last = steps[steps.length - 1].operator;
  if (loss.fusesLastOperator && last.code !== OperatorCode.softmax) {
    throw new InputError("image: last operator", "softmax", last.name, `The loss ${loss.name} needs it.`);
  }
  if (loss.code === code) return;
  const remedy = "Take the module that was compiled together with the image.";
  throw new InputError(
    "image: loss",
    `code ${code}`,
    `${loss.name}, code ${loss.code}, in the module`,
    remedy,
  );
}
