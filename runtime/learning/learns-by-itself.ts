import type {Operator} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";

/** @returns whether a layer with parameters updates them on the way back: those that aren't affine do in place */
export function learnsByItself({gradients, learnRows}: Optimizer, operator: Operator): boolean {
  return gradients === 0 && (learnRows === undefined || operator.isAffine === undefined);
}
