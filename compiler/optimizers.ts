import {Adam} from "../runtime/optimizers/adam.js";
import {OnlineSgd} from "../runtime/optimizers/online-sgd.js";
import type {Optimizer} from "../runtime/optimizers/optimizer.js";
import {Sgd} from "../runtime/optimizers/sgd.js";

/** Optimizers by the name that a description and the command line give them. */
export const optimizers = {
  "online-sgd": (options) => new OnlineSgd(options),
  sgd: (options) => new Sgd(options),
  adam: (options) => new Adam(options),
} satisfies Record<string, (options: {learningRate?: number}) => Optimizer>;

export type OptimizerName = keyof typeof optimizers;

export const optimizerNames = Object.keys(optimizers) as OptimizerName[];
