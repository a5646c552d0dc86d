import {statistics as runtime, Statistic} from "../../runtime/preprocessing/statistics.js";
import type {CollectorStage} from "./stage.js";

/** Statistics by name, in the order in which they become features whatever order a description lists them in. */
export const statisticNames = Object.keys(Statistic) as (keyof typeof Statistic)[];

/** A window of a sensor's samples, as a description says it. */
export interface WindowInput {
  readonly axes: readonly string[];
  readonly window: number;
  readonly statistics: readonly (typeof statisticNames)[number][];
}

/** @returns float32 numbers of state */
export function statisticsStateSize(input: WindowInput): number {
  return runtime.stateSize(input.axes.length, choiceOf(input));
}

export function statisticsStage(input: WindowInput): CollectorStage {
  return {
    kind: "collector",
    runtime,
    module: "ganglion/preprocessing/statistics",
    axes: input.axes.length,
    window: input.window,
    choice: choiceOf(input),
    constants: new Float32Array(0),
  };
}

function choiceOf(input: WindowInput): number {
  return input.statistics.reduce((bits, name) => bits | Statistic[name], 0);
}
