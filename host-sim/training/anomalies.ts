import type {Description} from "../../compiler/description/schema.js";
import {InputError} from "../../runtime/input-error.js";
import {type Dataset, makeDataset, type Recording} from "../datasets/dataset.js";
import {type Split, type SplitOptions, splitDataset} from "../datasets/split.js";

/** The label of normal recordings among several, when nothing is said. */
const USUAL = "normal";

/**
 * @param description of a model that learns what is normal
 * @returns the labels of normal recordings; where the description names none, the only label there is, or "normal"
 * @throws InputError for recordings of several labels of which none is called "normal"
 */
export function normalLabels({name, anomaly}: Description, {labels}: Dataset): readonly string[] {
  if (anomaly?.normal !== undefined) return anomaly.normal;
  if (labels.length === 1) return labels;
  if (labels.includes(USUAL)) return [USUAL];
  throw new InputError(
    `${name}: anomaly.normal`,
    "the labels of normal recordings, as there are several labels",
    `nothing, beside ${labels.map((label) => JSON.stringify(label)).join(", ")}`,
    'Write "anomaly": {"normal": ["LABEL"]} into the description.',
  );
}

/** A dataset by kind. */
export interface Kinds {
  readonly normal: Dataset;
  readonly anomalies: Dataset;
}

/**
 * Holds recordings out for the test, as splitDataset does. Anomalies that training would make nothing of are all for the
 * test, however few they are; but nobody who is trained on is tested on, where people are divided.
 * @throws InputError as splitDataset does
 */
export function splitForTest(description: Description, dataset: Dataset, options: SplitOptions): Split {
  const {anomaly} = description;
  if (anomaly === undefined || anomaly.threshold === "youden" || options.by === "person")
    return splitDataset(dataset, options);
  const {normal, anomalies} = divideByKind(dataset, normalLabels(description, dataset));
  const {train, test} = splitDataset(normal, options);
  return {train, test: makeDataset(dataset.axes, [...test.recordings, ...anomalies.recordings])};
}

/** @param labels of normal recordings @throws InputError when no recording has one of them */
export function divideByKind(dataset: Dataset, labels: readonly string[]): Kinds {
  const select = (wanted: boolean) =>
    makeDataset(
      dataset.axes,
      dataset.recordings.filter((recording) => isAnomaly(recording, labels) === wanted),
    );
  const normal = select(false);
  if (normal.recordings.length > 0) return {normal, anomalies: select(true)};
  throw new InputError(
    "labels of the recordings",
    `one of those that are normal (${labels.join(", ")})`,
    dataset.labels.join(", "),
    'Correct "anomaly.normal" in the description, or record the normal state.',
  );
}

export function isAnomaly({label}: Recording, normal: readonly string[]): boolean {
  return !normal.includes(label);
}
