import type {Optimizer} from "./optimizer.js";

/** By these, kernels in C know an optimizer's formula; native/program/table.c has the same numbers. */
export const OptimizerCode = Object.freeze({
  onlineSgd: 1,
  sgd: 2,
  momentum: 3,
  adagrad: 4,
  rmsprop: 5,
  adam: 6,
  onlineAdam: 7,
});

/**
 * @param own prototype of the class whose formula C knows
 * @returns that formula's code, and 0 where one of the methods that C stands for is another, as a subclass may have it
 */
export function codeOf({begin, update, learnRows}: Optimizer, own: Optimizer, code: number): number {
  return begin === own.begin && update === own.update && learnRows === own.learnRows ? code : 0;
}
