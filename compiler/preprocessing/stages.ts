import type {Description} from "../description/schema.js";
import type {Stage} from "./stage.js";
import {statisticsStage, statisticsStateSize} from "./statistics.js";
import {transforms} from "./table.js";

/** @returns how many numbers the network gets as input */
export function featureCount(input: Description["input"]): number {
  return "columns" in input ? input.columns.length : input.axes.length * input.statistics.length;
}

/** @returns float32 numbers that a window's sample and the collector's state take; 0 without a window */
export function windowSize(input: Description["input"]): number {
  return "columns" in input ? 0 : input.axes.length + statisticsStateSize(input);
}

/**
 * All stages of a description. The transforms are fitted one after the other, each on what those before it leave.
 * @param rows features of the training examples; with none, the transforms change nothing
 */
export function fitStages(description: Description, rows: readonly Float32Array[]): Stage[] {
  const size = featureCount(description.input);
  const stages: Stage[] = "columns" in description.input ? [] : [statisticsStage(description.input)];
  const changed = rows.map((row) => row.slice());
  for (const name of description.preprocessing) {
    const {runtime, module, findConstants} = transforms[name];
    const constants = findConstants(changed, size);
    for (const row of changed) runtime.apply(row, 0, size, constants, 0);
    stages.push({kind: "transform", runtime, module, constants});
  }
  return stages;
}
