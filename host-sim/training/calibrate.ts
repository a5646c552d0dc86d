import {compile, type Trained} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import type {Dataset} from "../datasets/dataset.js";
import {runModel} from "./evaluate.js";
import {findThreshold, thresholdWarnings} from "./threshold.js";

/** Recordings that scores are looked at of. */
export interface CalibrationData {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
  readonly anomalies: Dataset;
}

/**
 * Finds the threshold of a trained model. A percentile holds among the recordings that it learned from and among those
 * that were held out for validation alike: of the former it knows too much, of the latter there may be too few.
 * @throws InputError as findThreshold does
 */
export function calibrate(
  description: Description,
  trained: Trained,
  {training, validation, anomalies}: CalibrationData,
): {threshold: number; warnings: string[]} {
  const {anomaly} = description;
  if (anomaly === undefined) throw new Error("a model that learns what is normal says how alarms come about");
  const {image, model} = compile(description, [], trained);
  const scoresOf = (dataset: Dataset) => runModel({description, model, image}, dataset).scores ?? [];
  const normal = [training, ...(validation === undefined ? [] : [validation])].map(scoresOf);
  const strange =
    anomaly.threshold === "youden" && anomalies.recordings.length > 0 ? scoresOf(anomalies) : [];
  const threshold = findThreshold(anomaly, normal, strange);
  const kind = validation === undefined ? "training" : "validation";
  return {threshold, warnings: thresholdWarnings(anomaly, normal[normal.length - 1].length, kind)};
}
