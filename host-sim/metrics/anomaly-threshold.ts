import {InputError} from "../../runtime/input-error.js";
import {checkScores} from "./check-scores.js";

/**
 * The threshold for anomaly scores when only normal examples are known: a score above it is an anomaly, so that about
 * 100 - `percent` of a hundred normal examples give a false alarm. Between two scores it is interpolated: that at place
 * (n - 1) * percent / 100 of those in order, counted from 0 (type 7 of R. J. Hyndman and Y. Fan, The American
 * Statistician 50(4), 1996).
 *
 * @param scores of normal examples, higher for what is stranger; at least one
 * @param percent 0 to 100
 * @throws InputError for no scores, one that isn't finite, or another percentage
 */
export function percentileThreshold(scores: readonly number[], percent: number): number {
  if (!(percent >= 0 && percent <= 100)) {
    throw new InputError("percent", "a number from 0 to 100", String(percent), "Take 99, for example.");
  }
  checkScores(scores);
  const unusable = scores.find((score) => !Number.isFinite(score));
  if (scores.length === 0 || unusable !== undefined) {
    throw new InputError(
      "anomaly scores of normal examples",
      "one or more finite numbers",
      unusable === undefined ? "none" : String(unusable),
      "Give recordings of the normal state.",
    );
  }
  const ordered = [...scores].sort((a, b) => a - b);
  const place = ((ordered.length - 1) * percent) / 100;
  const below = Math.floor(place);
  const above = Math.min(below + 1, ordered.length - 1);
  return ordered[below] + (place - below) * (ordered[above] - ordered[below]);
}

/** A threshold and what it does on the examples it was chosen by. */
export interface LabelledThreshold {
  /** A float32; a score above it is an anomaly. */
  readonly threshold: number;
  /** Share of the anomalies that are above it. */
  readonly sensitivity: number;
  /** Share of the normal examples that aren't. */
  readonly specificity: number;
  /** sensitivity + specificity - 1: 1 is perfect, 0 is no better than chance. */
  readonly youdensJ: number;
}

/**
 * The best threshold for anomaly scores when anomalies are known too: the one with the largest sensitivity + specificity
 * - 1, halfway between the scores on both sides (W. J. Youden, Cancer 3(1), 1950). Of equally good gaps it is the highest,
 * with the fewest alarms. Where scores tell nothing that is the highest score, above which nothing is, with J = 0.
 *
 * @param scores of each example, a float32, higher for what is stranger
 * @param anomalous of each example, whether it is an anomaly
 * @returns null where all examples are normal or all are anomalies, as there is nothing to tell apart
 * @throws InputError for a score that is NaN
 */
export function youdenThreshold(
  scores: readonly number[],
  anomalous: readonly boolean[],
): LabelledThreshold | null {
  checkScores(scores);
  const anomalies = anomalous.filter(Boolean).length;
  const normals = scores.length - anomalies;
  if (anomalies === 0 || normals === 0) return null;
  // From the highest score down: first nothing is above the threshold, then more and more.
  const order = [...scores.keys()].sort((a, b) =>
    scores[a] > scores[b] ? -1 : Number(scores[a] < scores[b]),
  );
  let found = 0;
  let falseAlarms = 0;
  let best: LabelledThreshold = {threshold: scores[order[0]], sensitivity: 0, specificity: 1, youdensJ: 0};
  for (const [place, index] of order.entries()) {
    if (anomalous[index]) found++;
    else falseAlarms++;
    const next = order[place + 1];
    if (next === undefined || scores[next] === scores[index]) continue;
    // Of whole numbers, so that equally good ones are equal.
    const youdensJ = (found * normals - falseAlarms * anomalies) / (anomalies * normals);
    if (youdensJ <= best.youdensJ) continue;
    best = {
      threshold: between(scores[next], scores[index]),
      sensitivity: found / anomalies,
      specificity: 1 - falseAlarms / normals,
      youdensJ,
    };
  }
  return best;
}

/** The float32 halfway, but where rounding or infinity leaves nothing between them, the lower: only what is above counts. */
function between(lower: number, upper: number): number {
  const middle = Math.fround((lower + upper) / 2);
  return middle >= lower && middle < upper ? middle : lower;
}
