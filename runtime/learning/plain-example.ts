import type {Loss} from "../losses/loss.js";
import type {Network} from "../network.js";
import {isFiniteNumber} from "../numbers/is-finite.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Random} from "../random.js";
import {learnsByItself} from "./learns-by-itself.js";
import {refuseLoss} from "./refuse-loss.js";

/**
 * A whole example on its way through the network and back, where nothing is penalized, watched or guarded: what a pass does
 * in phases, without looking at a budget. On small networks going from phase to phase takes longer than a layer.
 *
 * @param random draws dropout's masks
 * @param learningRate of an update in place
 * @returns the example's loss
 * @throws InputError for a loss that isn't finite; no parameter is changed then
 */
export function learnPlainly(
  network: Network,
  loss: Loss,
  optimizer: Optimizer,
  random: Random,
  learningRate: number,
): number {
  const {steps, plan} = network;
  const first = plan.firstLearning;
  const isInPlace = optimizer.gradients === 0;
  let k = 0;
  for (; k < steps.length; k++) {
    const step = steps[k];
    const {operator} = step;
    if (operator.forwardLearning !== undefined && k >= first) operator.forwardLearning(step, random);
    else operator.forward(step);
  }
  const {arena, outputAt, outputDeltaAt, outputSize} = steps[k - 1];
  const dataLoss = loss.measure(arena, outputAt, outputDeltaAt, outputSize, network.inputAt);
  if (!isFiniteNumber(dataLoss)) refuseLoss(network, dataLoss);
  if (isInPlace) optimizer.begin?.();
  // A loss may stand for the last step.
  k -= loss.fusedOperator === undefined ? 1 : 2;
  for (; k >= first; k--) {
    const step = steps[k];
    const {operator} = step;
    if (operator.addGradients === undefined) operator.backward(step);
    else if (learnsByItself(optimizer, operator)) operator.learn?.(step, learningRate);
    else {
      if (!isInPlace) operator.addGradients(step);
      operator.backward(step);
      optimizer.learnRows?.(step, plan, learningRate, 0, step.outputSize);
    }
  }
  return dataLoss;
}
