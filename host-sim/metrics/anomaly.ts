import {areaUnderRoc} from "./area-under-roc.js";

/** How well scores tell anomalies from normal examples. */
export interface AnomalyMetrics {
  readonly examples: number;
  readonly normal: Alarms;
  readonly anomalies: Alarms;
  /** How probable it is that an anomaly scores above a normal example; null where either kind is missing. */
  readonly areaUnderRoc: number | null;
  /** A score above it gives an alarm; null when the model has none. */
  readonly threshold: number | null;
}

/** Of one kind of examples. */
export interface Alarms {
  readonly examples: number;
  /** How many of them give an alarm; null without a threshold. */
  readonly alarms: number | null;
  /** The share that they are, 0 to 1; null where there are no examples, or no threshold. */
  readonly share: number | null;
}

/**
 * @param scores of each example, higher for what is stranger; one that isn't a number gives an alarm, as on the device,
 *   and counts as stranger than all that are
 * @param anomalous of each example, whether it is an anomaly
 */
export function measureAnomalies(
  scores: readonly number[],
  anomalous: readonly boolean[],
  threshold: number | undefined,
): AnomalyMetrics {
  const ranked = scores.map((score) => (Number.isNaN(score) ? Number.POSITIVE_INFINITY : score));
  const alarmsOf = (wanted: boolean): Alarms => {
    const own = ranked.filter((_, k) => anomalous[k] === wanted);
    if (threshold === undefined) return {examples: own.length, alarms: null, share: null};
    const alarms = own.filter((score) => score > threshold).length;
    return {examples: own.length, alarms, share: own.length === 0 ? null : alarms / own.length};
  };
  return {
    examples: scores.length,
    normal: alarmsOf(false),
    anomalies: alarmsOf(true),
    areaUnderRoc: areaUnderRoc(ranked, anomalous),
    threshold: threshold ?? null,
  };
}
