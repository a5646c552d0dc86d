import {Exponential} from "../runtime/schedules/exponential.js";
import {InverseTime} from "../runtime/schedules/inverse-time.js";
import {Plateau} from "../runtime/schedules/plateau.js";
import type {Schedule} from "../runtime/schedules/schedule.js";
import {Steps} from "../runtime/schedules/steps.js";
import type {Description} from "./description/schema.js";

/** A schedule as a description says it. */
export type ScheduleDescription = NonNullable<Description["training"]["schedule"]>;

/** Schedules by the name that a description gives them, and where a program imports their class from. */
export const schedules = {
  "inverse-time": {runtime: InverseTime, module: "ganglion/schedules/inverse-time"},
  exponential: {runtime: Exponential, module: "ganglion/schedules/exponential"},
  steps: {runtime: Steps, module: "ganglion/schedules/steps"},
  plateau: {runtime: Plateau, module: "ganglion/schedules/plateau"},
};

/** @returns what a schedule's class is made with */
export function scheduleOptions({type: _, ...options}: ScheduleDescription): object {
  return options;
}

/** @throws InputError for options out of range */
export function makeSchedule(description: ScheduleDescription): Schedule {
  const runtime = schedules[description.type].runtime as new (options: object) => Schedule;
  return new runtime(scheduleOptions(description));
}
