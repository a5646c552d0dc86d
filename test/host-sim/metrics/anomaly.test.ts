import {expect, test} from "vitest";
import {measureAnomalies} from "../../../host-sim/metrics/anomaly.js";

test("alarms are counted above the threshold, for each kind by itself", () => {
  const result = measureAnomalies([1, 2, 3, 2, 5, 6], [false, false, false, true, true, true], 2);
  expect(result).toEqual({
    examples: 6,
    normal: {examples: 3, alarms: 1, share: 1 / 3},
    anomalies: {examples: 3, alarms: 2, share: 2 / 3},
    // Of 9 pairs 7 are the right way round, one is a tie.
    areaUnderRoc: 7.5 / 9,
    threshold: 2,
  });
});

test("a score that isn't a number is an alarm, and stranger than any number", () => {
  const {anomalies, areaUnderRoc} = measureAnomalies([1, Number.NaN], [false, true], 100);
  expect(anomalies.alarms).toBe(1);
  expect(areaUnderRoc).toBe(1);
});

test("what isn't defined is null", () => {
  const {anomalies, areaUnderRoc} = measureAnomalies([1, 2], [false, false], 2);
  expect([anomalies, areaUnderRoc]).toEqual([{examples: 0, alarms: 0, share: null}, null]);
  const {normal, threshold} = measureAnomalies([1, 2], [false, true], undefined);
  expect([normal, threshold]).toEqual([{examples: 1, alarms: null, share: null}, null]);
});
