import {checkScores} from "./check-scores.js";

/**
 * Area under the curve of true against false alarms: how probable it is that an anomaly scores above a normal example,
 * a tie counting one half. 1 is perfect, 0.5 is chance, 0 is upside down. Computed from ranks, where equal scores share
 * their mean rank: U = R - m (m + 1) / 2, over m n, for m anomalies whose ranks sum to R, and n normal examples (H. B.
 * Mann and D. R. Whitney, Annals of Mathematical Statistics 18(1), 1947; J. A. Hanley and B. J. McNeil, Radiology
 * 143(1), 1982).
 *
 * @param scores of each example, higher for what is stranger; infinity is allowed
 * @param anomalous of each example, whether it is an anomaly
 * @returns 0 to 1, or null where all examples are normal or all are anomalies, as there is nothing to tell apart
 * @throws InputError for a score that is NaN
 */
export function areaUnderRoc(scores: readonly number[], anomalous: readonly boolean[]): number | null {
  checkScores(scores);
  const order = [...scores.keys()].sort((a, b) =>
    scores[a] < scores[b] ? -1 : Number(scores[a] > scores[b]),
  );
  let anomalies = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let among = 0;
    while (end < order.length && scores[order[end]] === scores[order[start]]) {
      if (anomalous[order[end]]) among++;
      end++;
    }
    // Ranks start + 1 to end, so their mean is half of their sum.
    rankSum += (among * (start + 1 + end)) / 2;
    anomalies += among;
    start = end;
  }
  const pairs = anomalies * (scores.length - anomalies);
  return pairs === 0 ? null : (rankSum - (anomalies * (anomalies + 1)) / 2) / pairs;
}
