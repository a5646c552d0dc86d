import type {Model} from "../../runtime/model.js";
import type {Optimizer} from "../../runtime/optimizers/optimizer.js";
import type {Schedule} from "../../runtime/schedules/schedule.js";
import {singleOptimizer} from "../single/optimizers/single-optimizer.js";
import {singleModel} from "../single/single-model.js";
import type {Host} from "./host.js";
import type {Job} from "./job.js";
import {runJob as run} from "./run-job.js";

/**
 * runJob where there is no C. The portable kernels give the bytes of those in double precision; for those in single
 * precision there is JavaScript that rounds after each operation.
 */
export function runJob(
  host: Host,
  model: Model,
  job: Job,
  makeOptimizer?: () => Optimizer,
  makeSchedule?: () => Schedule,
): void {
  const isSingle = model.native?.name === "native-single";
  const makeSingle = makeOptimizer && (() => singleOptimizer(makeOptimizer()));
  if (isSingle) run(host, singleModel(model), job, makeSingle, makeSchedule);
  else run(host, {...model, native: undefined}, job, makeOptimizer, makeSchedule);
}
