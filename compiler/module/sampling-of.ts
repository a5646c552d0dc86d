import type {Sampling} from "../../runtime/model.js";
import type {Description} from "../description/schema.js";

/** @returns what a device has to know of a window's samples; undefined for ready-made features */
export function samplingOf({input}: Pick<Description, "input">): Sampling | undefined {
  if ("columns" in input) return undefined;
  const {axes, units, rate} = input;
  const each = typeof units === "string" ? axes.map(() => units) : units;
  return {axes, ...(each && {units: each}), ...(rate !== undefined && {rate})};
}
