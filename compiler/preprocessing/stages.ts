import type {Description} from "../description/schema.js";
import {featureNames} from "./features.js";
import type {Stage} from "./stage.js";
import {statisticsStage, statisticsStateSize} from "./statistics.js";
import {transformOf} from "./table.js";
import type {CompilerTransform} from "./transform.js";

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
  const {input, preprocessing} = description;
  const names = featureNames(input);
  const stages: Stage[] = "columns" in input ? [] : [statisticsStage(input)];
  const changed = rows.map((row) => row.slice());
  for (const settings of preprocessing) {
    const transform = transformOf(settings);
    const {runtime, module} = transform;
    const isChosen = names.map((name) => settings.features?.includes(name) ?? true);
    const constants = fitConstants(transform, changed, isChosen);
    for (const row of changed) runtime.apply(row, 0, names.length, constants, 0);
    stages.push({kind: "transform", runtime, module, constants});
  }
  return stages;
}

/** @returns the first constant of all features, then the second of all, and so on, as every transform keeps them */
function fitConstants(
  {unchanging, findConstants}: CompilerTransform,
  rows: readonly Float32Array[],
  isChosen: readonly boolean[],
): Float32Array {
  const size = isChosen.length;
  const constants = new Float32Array(unchanging.length * size);
  isChosen.forEach((chosen, i) => {
    const own =
      chosen && rows.length > 0 ? findConstants(Float32Array.from(rows, (row) => row[i])) : unchanging;
    own.forEach((constant, k) => {
      constants[k * size + i] = constant;
    });
  });
  return constants;
}
