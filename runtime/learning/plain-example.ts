import type {Loss} from "../losses/loss.js";
import type {Network} from "../network.js";
import {isFiniteNumber} from "../numbers/is-finite.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import {refuseLoss} from "./refuse-loss.js";

// A whole example's way through the network and back, where nothing is penalized, watched or guarded: what a pass does in
// phases. Few variables, as an ESP8266 has a stack of 256 slots for these and all that they call.

/**
 * @param random draws dropout's masks
 * @returns the example's loss, whose derivative stands in the last output deltas
 * @throws InputError for a loss that isn't finite
 */
export function learnForward(network: Network, loss: Loss, random: Random): number {
  const {steps} = network;
  const first = network.plan.firstLearning;
  const {length} = steps;
  for (let k = 0; k < length; k++) {
    const step = steps[k];
    const {operator} = step;
    if (operator.forwardLearning === undefined || k < first) operator.forward(step);
    else operator.forwardLearning(step, random);
  }
  const {arena, outputAt, outputDeltaAt, outputSize} = steps[length - 1];
  const dataLoss = loss.measure(arena, outputAt, outputDeltaAt, outputSize, network.inputAt);
  if (!isFiniteNumber(dataLoss)) refuseLoss(network, dataLoss);
  return dataLoss;
}

/**
 * From the last output deltas to the first layer that learns: gradients are added to those of the batch, or the parameters
 * updated in place.
 * @param learningRate of an update in place
 */
export function learnBackward(
  network: Network,
  loss: Loss,
  optimizer: Optimizer,
  learningRate: number,
): void {
  const {steps, plan} = network;
  const first = plan.firstLearning;
  const isInPlace = optimizer.gradients === 0;
  const hasRows = optimizer.learnRows !== undefined;
  if (isInPlace) optimizer.begin?.();
  // A loss may stand for the last step.
  for (let k = steps.length - (loss.fusedOperator === undefined ? 1 : 2); k >= first; k--) {
    const step = steps[k];
    const {operator} = step;
    if (operator.learn === undefined) operator.backward(step);
    else if (isInPlace && (!hasRows || operator.isAffine === undefined)) operator.learn(step, learningRate);
    else {
      if (!isInPlace) operator.addGradients?.(step);
      operator.backward(step);
      optimizer.learnRows?.(step, plan, learningRate, 0, step.outputSize);
    }
  }
}
