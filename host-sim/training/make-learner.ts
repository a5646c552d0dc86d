import type {Description} from "../../compiler/description/schema.js";
import {makeOptimizer} from "../../compiler/optimizers.js";
import {makeSchedule} from "../../compiler/schedules.js";
import {Learner} from "../../runtime/learner.js";
import type {LearnerOptions} from "../../runtime/learning/learner-options.js";
import type {Model} from "../../runtime/model.js";

/**
 * Makes the runtime's learner as a description's `training` says.
 * @param image compiled with a plan for the description's optimizer
 * @param options beside those of the description
 * @throws InputError for hyperparameters that the optimizer doesn't know or that are out of range
 */
export function makeLearner(
  {training}: Description,
  model: Model,
  image: Uint8Array,
  options: LearnerOptions = {},
): Learner {
  const {learningRate, hyperparameters, schedule, clipValue, clipNorm, seed} = training;
  const optimizer = makeOptimizer(training.optimizer, {
    ...(learningRate === undefined ? {} : {learningRate}),
    ...hyperparameters,
  });
  return new Learner(model, image, optimizer, {
    batch: optimizer.gradients === 0 ? 1 : training.batch,
    schedule: schedule && makeSchedule(schedule),
    clipValue,
    clipNorm,
    guard: true,
    seed,
    ...options,
  });
}
