import {checkOption, checkOptionNames, checkWhole} from "../check-option.js";
import {InputError} from "../input-error.js";
import type {Network} from "../network.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {PassOptions} from "./pass-options.js";

/** How a learner learns, beside its optimizer. What is left out is off. */
export interface LearnerOptions extends PassOptions {
  /** Examples a batch, a whole number from 1 (the default); OnlineSgd and OnlineAdam know only 1. */
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

/** @throws InputError for what is no optimizer that was made */
export function checkOptimizer(optimizer: Optimizer): void {
  if (Number.isInteger(optimizer?.gradients) && Number.isInteger(optimizer.states)) return;
  const found = typeof optimizer === "function" ? "a class" : `${optimizer}`;
  throw new InputError("optimizer", "an optimizer such as new Adam()", found, "Make one with new.");
}

/** @throws InputError naming the option that is unknown, out of its range, or nothing for this optimizer */
export function checkOptions(options: LearnerOptions, optimizer: Optimizer): void {
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
  const other = optimizer.states > 0 ? "new Adam()" : "new Sgd()";
  const remedy = `Take ${other}, which with a batch of 1 learns from each example too.`;
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

/** @throws InputError for an image whose last operator is not what the loss needs, or in which nothing learns */
export function checkLoss({steps, plan, loss}: Network): void {
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
