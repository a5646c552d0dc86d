import {AdaGrad} from "../runtime/optimizers/adagrad.js";
import {Adam} from "../runtime/optimizers/adam.js";
import {Momentum} from "../runtime/optimizers/momentum.js";
import {OnlineSgd} from "../runtime/optimizers/online-sgd.js";
import type {Optimizer} from "../runtime/optimizers/optimizer.js";
import {RmsProp} from "../runtime/optimizers/rmsprop.js";
import {Sgd} from "../runtime/optimizers/sgd.js";

/** The compiler's side of an optimizer. */
export interface CompilerOptimizer {
  /** What runs, on the device too. */
  readonly runtime: new (options?: {
    learningRate?: number;
  }) => Optimizer;
  /** Where a program imports it from, under the class's name. */
  readonly module: string;
}

/** Optimizers by the name that a description and the command line give them. */
export const optimizers = {
  "online-sgd": {runtime: OnlineSgd, module: "ganglion/optimizers/online-sgd"},
  sgd: {runtime: Sgd, module: "ganglion/optimizers/sgd"},
  momentum: {runtime: Momentum, module: "ganglion/optimizers/momentum"},
  adagrad: {runtime: AdaGrad, module: "ganglion/optimizers/adagrad"},
  rmsprop: {runtime: RmsProp, module: "ganglion/optimizers/rmsprop"},
  adam: {runtime: Adam, module: "ganglion/optimizers/adam"},
} satisfies Record<string, CompilerOptimizer>;

export type OptimizerName = keyof typeof optimizers;

export const optimizerNames = Object.keys(optimizers) as OptimizerName[];

/** @param learningRate the optimizer's own default when undefined */
export function makeOptimizer(name: OptimizerName, learningRate: number | undefined): Optimizer {
  const {runtime} = optimizers[name];
  return new runtime(learningRate === undefined ? {} : {learningRate});
}
