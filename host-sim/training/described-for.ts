import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import {normalLabels} from "./anomalies.js";
import {needTargets} from "./features.js";

/** @returns the description with labels, targets or normal labels that fit the dataset; @throws InputError when they can't */
export function describedFor(description: Description, dataset: Dataset): Description {
  const {name, targets, anomaly} = description;
  if (anomaly !== undefined)
    return {...description, anomaly: {...anomaly, normal: [...normalLabels(description, dataset)]}};
  if (targets !== undefined) {
    needTargets(name, targets, dataset);
    return description;
  }
  const labels = description.labels ?? [...dataset.labels];
  checkLabels(name, labels);
  return {...description, labels};
}

function checkLabels(name: string, labels: readonly string[]): void {
  if (labels.length > 1) return;
  const remedy = "Record another class, or name the column with the label (--label-column).";
  throw new InputError(
    `${name}: labels of the recordings`,
    "two or more",
    labels.join(", ") || "none",
    remedy,
  );
}
