import type {AnomalyOptions} from "../../compiler/description/anomaly-schema.js";
import {InputError} from "../../runtime/input-error.js";
import {percentileThreshold, youdenThreshold} from "../metrics/anomaly-threshold.js";

/**
 * @param normal scores of normal examples, those that were learned from and others by themselves
 * @param anomalies scores of anomalies, for "youden"
 * @returns what an image holds: a float32, not below the score that it was found as
 * @throws InputError for "youden" without anomalies, and as percentileThreshold does
 */
export function findThreshold(
  {threshold, percentile}: AnomalyOptions,
  normal: readonly (readonly number[])[],
  anomalies: readonly number[],
): number {
  if (threshold === "percentile")
    return roundUp(Math.max(...normal.map((scores) => percentileThreshold(scores, percentile))));
  const all = [...normal.flat(), ...anomalies];
  const found = youdenThreshold(
    all,
    all.map((_, k) => k >= all.length - anomalies.length),
  );
  if (found !== null) return roundUp(found.threshold);
  throw new InputError(
    'recordings for the threshold "youden"',
    "some of anomalies to train with",
    "none",
    'Record anomalies, or take the threshold "percentile".',
  );
}

/** @returns a warning when so few examples leave the percentile nothing above it; @param kind "validation" */
export function thresholdWarnings(
  {threshold, percentile}: AnomalyOptions,
  examples: number,
  kind: string,
): string[] {
  const needed = Math.ceil(100 / (100 - percentile));
  if (threshold !== "percentile" || percentile === 100 || examples >= needed) return [];
  return [
    `Only ${examples} ${kind} examples stand behind the threshold, where percentile ${percentile} needs ${needed}. ` +
      "Record more, or say a lower percentile.",
  ];
}

/** The float32 that is not below a number from 0 up, so that no example's own score is above its threshold. */
function roundUp(value: number): number {
  const float = Float32Array.of(value);
  // Of numbers from 0 up, the next one has the next word.
  if (float[0] < value) new Int32Array(float.buffer)[0]++;
  return float[0];
}
