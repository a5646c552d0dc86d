import type {Model} from "../../runtime/model.js";
import type {Optimizer} from "../../runtime/optimizers/optimizer.js";
import type {Schedule} from "../../runtime/schedules/schedule.js";
import type {Host} from "./host.js";
import type {Job} from "./job.js";
import {runJob as run} from "./run-job.js";

/**
 * runJob where there is no C: the portable kernels give the bytes of those in double precision.
 */
export function runJob(
  host: Host,
  model: Model,
  job: Job,
  makeOptimizer?: () => Optimizer,
  makeSchedule?: () => Schedule,
): void {
  run(host, {...model, native: undefined}, job, makeOptimizer, makeSchedule);
}
