import {RECOMPILE, refuse} from "./open.js";

/**
 * @param units UTF-16 code units of all labels, each label ended by a 0
 * @param count how many labels the network has outputs for, or 0 when its outputs have no names
 * @returns the labels as strings
 * @throws InputError when there are labels, but not `count`
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
  if (labels.length > 0 && labels.length !== count) refuse("labels", `${count}`, labels.length, RECOMPILE);
  return labels;
}
