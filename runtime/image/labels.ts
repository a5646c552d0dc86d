import {RECOMPILE, refuse} from "./open.js";

/**
 * @param units UTF-16 code units of all labels, each label ended by a 0
 * @param count the network's outputs
 * @returns the labels as strings
 * @throws InputError when there are labels, but not one for each class
 */
export function readLabels(units: Uint16Array, count: number): readonly string[] {
  const labels: string[] = [];
  let label = "";
  for (let k = 0; k < units.length; k++) {
    const unit = units[k];
    if (unit !== 0) label += String.fromCharCode(unit);
    else if (label !== "") {
      labels.push(label);
      label = "";
    }
  }
  const wanted = classCount(count);
  if (labels.length > 0 && labels.length !== wanted) refuse("labels", `${wanted}`, labels.length, RECOMPILE);
  return labels;
}

/** @returns how many classes so many outputs tell apart: a single output, as a probability, tells two */
export function classCount(outputs: number): number {
  return outputs === 1 ? 2 : outputs;
}
