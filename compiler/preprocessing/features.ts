import {statisticNames, type WindowInput} from "./statistics.js";

/** What a network's inputs are made from, as far as their names go. */
export type FeatureInput = {readonly columns: readonly string[]} | Pick<WindowInput, "axes" | "statistics">;

/** @returns the features' names in their order: a column's own, or "x.mean" for the mean of axis x */
export function featureNames(input: FeatureInput): readonly string[] {
  if ("columns" in input) return input.columns;
  const chosen = statisticNames.filter((name) => input.statistics.includes(name));
  return input.axes.flatMap((axis) => chosen.map((statistic) => `${axis}.${statistic}`));
}
