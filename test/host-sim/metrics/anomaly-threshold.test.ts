import {expect, test} from "vitest";
import {percentileThreshold, youdenThreshold} from "../../../host-sim/metrics/anomaly-threshold.js";
import {Random} from "../../../runtime/random.js";
import {refusalOf} from "../../runtime/refusal-of.js";

test("a percentile lies between the scores in order", () => {
  const scores = [30, 10, 20, 40, 50];
  expect([0, 50, 90, 100].map((percent) => percentileThreshold(scores, percent))).toEqual([10, 30, 46, 50]);
  expect(percentileThreshold([7], 99)).toBe(7);
});

test.each<[readonly number[], number, string]>([
  [[1], 101, "percent: expected a number from 0 to 100, found 101. Take 99, for example."],
  [
    [],
    99,
    "anomaly scores of normal examples: expected one or more finite numbers, found none. Give recordings of the normal state.",
  ],
  [
    [1, Infinity],
    99,
    "anomaly scores of normal examples: expected one or more finite numbers, found Infinity. Give recordings of the normal state.",
  ],
])("the percentile of %j at %d is refused", (scores, percent, message) => {
  expect(refusalOf(() => percentileThreshold(scores, percent))).toBe(message);
});

test("the best threshold lies halfway between the scores it parts", () => {
  expect(youdenThreshold([1, 2, 4, 5], [false, false, true, true])).toEqual({
    threshold: 3,
    sensitivity: 1,
    specificity: 1,
    youdensJ: 1,
  });
  // Above 2.5 are both anomalies and one of four normal examples; above 4.5 but one anomaly and none.
  expect(youdenThreshold([1, 2, 2, 4, 3, 5], [false, false, false, false, true, true])).toEqual({
    threshold: 2.5,
    sensitivity: 1,
    specificity: 0.75,
    youdensJ: 0.75,
  });
});

test("no other threshold does better, and what is said of it is so", () => {
  const random = new Random(9);
  for (let round = 0; round < 200; round++) {
    const scores = Array.from({length: 2 + random.below(30)}, () => random.below(20));
    const anomalous = scores.map((_, index) => index === 0 || (index > 1 && random.below(3) === 0));
    const above = (threshold: number, wanted: boolean) => {
      const asked = scores.filter((_, index) => anomalous[index] === wanted);
      return asked.filter((score) => score > threshold).length / asked.length;
    };
    const tried = Array.from({length: 22}, (_, k) => above(k - 1, true) - above(k - 1, false));
    const best = youdenThreshold(scores, anomalous);
    if (best === null) throw new Error("both kinds are there");
    // The same shares, but subtracted in another order.
    expect(best.youdensJ).toBeCloseTo(Math.max(...tried), 12);
    expect(best.sensitivity).toBe(above(best.threshold, true));
    expect(best.specificity).toBe(1 - above(best.threshold, false));
  }
});

test("in a wide gap the threshold is far from the scores on both sides, however many there are", () => {
  expect(youdenThreshold([0.01, 0.02, 0.01, 50, 60], [false, false, false, true, true])?.threshold).toBe(
    Math.fround(25.01),
  );
});

test("of two gaps that are equally good it is the higher, with fewer alarms", () => {
  expect(youdenThreshold([1, 3, 2, 4], [false, false, true, true])).toEqual({
    threshold: 3.5,
    sensitivity: 0.5,
    specificity: 1,
    youdensJ: 0.5,
  });
});

test("scores that tell nothing give a threshold without alarms", () => {
  const nothing = {threshold: 4, sensitivity: 0, specificity: 1, youdensJ: 0};
  expect(youdenThreshold([4, 4, 4], [true, false, false])).toEqual(nothing);
  expect(youdenThreshold([1, 4], [true, false])).toEqual(nothing);
});

test("between neighbouring float32 and below infinity the threshold is the lower of the two", () => {
  const next = Math.fround(1 + 2 ** -23);
  expect(youdenThreshold([1, next], [false, true])?.threshold).toBe(1);
  expect(youdenThreshold([3, Infinity], [false, true])?.threshold).toBe(3);
});

test("with one kind of examples only there is no threshold", () => {
  expect(youdenThreshold([1, 2], [true, true])).toBeNull();
  expect(youdenThreshold([1, 2], [false, false])).toBeNull();
});
