import {InputError} from "../../runtime/input-error.js";

/** @throws InputError for an anomaly score that is NaN, which is neither above nor below any other */
export function checkScores(scores: readonly number[]): void {
  const at = scores.findIndex(Number.isNaN);
  if (at < 0) return;
  const remedy = "Look for extreme values in the recordings, or train again with a lower learning rate.";
  throw new InputError(`anomaly score ${at}`, "a number", "NaN", remedy);
}
