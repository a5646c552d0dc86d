import {InputError} from "../runtime/input-error.js";
import {AdaGrad} from "../runtime/optimizers/adagrad.js";
import {Adam} from "../runtime/optimizers/adam.js";
import {Momentum} from "../runtime/optimizers/momentum.js";
import {OnlineAdam} from "../runtime/optimizers/online-adam.js";
import {OnlineSgd} from "../runtime/optimizers/online-sgd.js";
import type {Optimizer} from "../runtime/optimizers/optimizer.js";
import {RmsProp} from "../runtime/optimizers/rmsprop.js";
import {Sgd} from "../runtime/optimizers/sgd.js";

export const OPTIMIZER_OPTIONS = ["learningRate", "gamma", "rho", "beta1", "beta2", "epsilon"] as const;

/** What optimizers may be given; each takes some of these and refuses the others. */
export type OptimizerOptions = {readonly [option in (typeof OPTIMIZER_OPTIONS)[number]]?: number | undefined};

/** The compiler's side of an optimizer. */
export interface CompilerOptimizer {
  /** What runs, on the device too. */
  readonly runtime: new (
    options?: OptimizerOptions,
  ) => Optimizer;
  /** Where a program imports it from, under the class's name. */
  readonly module: string;
}

/** Optimizers by the name that a description and the command line give them. */
export const optimizers = {
  "online-sgd": {runtime: OnlineSgd, module: "ganglion/optimizers/online-sgd"},
  "online-adam": {runtime: OnlineAdam, module: "ganglion/optimizers/online-adam"},
  sgd: {runtime: Sgd, module: "ganglion/optimizers/sgd"},
  momentum: {runtime: Momentum, module: "ganglion/optimizers/momentum"},
  adagrad: {runtime: AdaGrad, module: "ganglion/optimizers/adagrad"},
  rmsprop: {runtime: RmsProp, module: "ganglion/optimizers/rmsprop"},
  adam: {runtime: Adam, module: "ganglion/optimizers/adam"},
} satisfies Record<string, CompilerOptimizer>;

export type OptimizerName = keyof typeof optimizers;

export const optimizerNames = Object.keys(optimizers) as OptimizerName[];

/** @param options the optimizer's own defaults for what is left out
 * @throws InputError for a name that is none of these, for an option that the optimizer doesn't know, or that is out of its range */
export function makeOptimizer(name: OptimizerName, options: OptimizerOptions = {}): Optimizer {
  // A program without types may give anything.
  if (!optimizerNames.includes(name)) {
    const expected = `one of ${optimizerNames.join(", ")}`;
    throw new InputError("optimizer", expected, String(name), "Correct the name.");
  }
  const {runtime} = optimizers[name];
  return new runtime(options);
}
