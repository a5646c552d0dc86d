import type {Loss} from "../losses/loss.js";
import type {Network} from "../network.js";
import {LARGEST} from "../numbers/is-finite.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import {refuseLoss} from "./refuse-loss.js";

// A whole example's way through the network and back, where nothing is penalized, watched or guarded: what a pass does in
// phases. Few variables, as an ESP8266 has a stack of 256 slots for these and all that they call.

/**
 * @param random draws dropout's masks
 * @param draws whether a layer does something else on the way forward when it learns
 * @param label the output that is to be 1; -1 where targets stand in the last output deltas
 * @returns the example's loss, whose derivative stands in the last output deltas
 * @throws InputError for a loss that isn't finite
 */
export function learnForward(
  network: Network,
  loss: Loss,
  random: Random,
  draws: boolean,
  label: number,
): number {
  const {steps, kernels} = network;
  if (draws) drawForward(network, random);
  else if (kernels?.forward !== undefined) kernels.forward(steps);
  else for (let k = 0; k < steps.length; k++) steps[k].operator.forward(steps[k]);
  const {arena, outputAt, outputDeltaAt, outputSize} = steps[steps.length - 1];
  const dataLoss =
    label < 0 || loss.byLabel === undefined
      ? loss.measure(arena, outputAt, outputDeltaAt, outputSize, network.inputAt)
      : loss.byLabel.measure(arena, outputAt, outputDeltaAt, outputSize, label);
  if (!(dataLoss <= LARGEST && dataLoss >= -LARGEST)) refuseLoss(network, dataLoss);
  return dataLoss;
}

function drawForward({steps, plan}: Network, random: Random): void {
  for (let k = 0; k < steps.length; k++) {
    const step = steps[k];
    const {operator} = step;
    if (operator.forwardLearning === undefined || k < plan.firstLearning) operator.forward(step);
    else operator.forwardLearning(step, random);
  }
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
  const {steps, kernels} = network;
  const first = network.plan.firstLearning;
  const isInPlace = optimizer.gradients === 0;
  // A loss may stand for the last step.
  let k = steps.length - (loss.fusedOperator === undefined ? 1 : 2);
  if (isInPlace) optimizer.begin?.();
  if (isInPlace && optimizer.learnRows !== undefined) learnRowsBackward(network, k, optimizer, learningRate);
  else if (kernels?.backward !== undefined) kernels.backward(steps, learningRate);
  else if (isInPlace)
    for (; k >= first; k--) {
      const step = steps[k];
      if (step.operator.learn === undefined) step.operator.backward(step);
      else step.operator.learn(step, learningRate);
    }
  else
    for (; k >= first; k--) {
      const step = steps[k];
      step.operator.addGradients?.(step);
      step.operator.backward(step);
    }
}

/** Where the optimizer works out what affine layers learn. */
function learnRowsBackward(
  {steps, plan}: Network,
  last: number,
  optimizer: Optimizer,
  learningRate: number,
): void {
  for (let k = last; k >= plan.firstLearning; k--) {
    const step = steps[k];
    const operator = step.operator;
    if (operator.learn !== undefined && operator.isAffine === undefined) operator.learn(step, learningRate);
    else {
      operator.backward(step);
      if (operator.isAffine) optimizer.learnRows?.(step, plan, learningRate, 0, step.outputSize);
    }
  }
}
