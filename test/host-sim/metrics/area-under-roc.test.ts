import {expect, test} from "vitest";
import {areaUnderRoc} from "../../../host-sim/metrics/area-under-roc.js";
import {Random} from "../../../runtime/random.js";
import {refusalOf} from "../../runtime/refusal-of.js";

/** Pair by pair, as the definition says. */
function byPairs(scores: readonly number[], anomalous: readonly boolean[]): number {
  let sum = 0;
  let pairs = 0;
  for (const [a, high] of scores.entries()) {
    for (const [n, low] of scores.entries()) {
      if (!anomalous[a] || anomalous[n]) continue;
      pairs++;
      if (high > low) sum += 1;
      else if (high === low) sum += 0.5;
    }
  }
  return sum / pairs;
}

test("a tie counts one half", () => {
  // Anomalies 2 and 3 against 1 and 2: above, tie, above, above.
  expect(areaUnderRoc([2, 3, 1, 2], [true, true, false, false])).toBe(3.5 / 4);
  expect(areaUnderRoc([5, 5, 5], [true, false, false])).toBe(0.5);
});

test("perfect is 1 and upside down is 0, infinite scores included", () => {
  const scores = [1, Infinity, -Infinity, 2];
  expect(areaUnderRoc(scores, [false, true, false, true])).toBe(1);
  expect(areaUnderRoc(scores, [true, false, true, false])).toBe(0);
});

test("ranks give what counting pairs gives, with many ties", () => {
  const random = new Random(8);
  for (let round = 0; round < 200; round++) {
    const scores = Array.from({length: 2 + random.below(40)}, () => random.below(12) / 8);
    const anomalous = scores.map((_, index) => index === 0 || (index > 1 && random.below(3) === 0));
    // Both are ratios of the same two whole multiples of one half.
    expect(areaUnderRoc(scores, anomalous)).toBe(byPairs(scores, anomalous));
  }
});

test("with one kind of examples only there is no area", () => {
  expect(areaUnderRoc([1, 2], [true, true])).toBeNull();
  expect(areaUnderRoc([1, 2], [false, false])).toBeNull();
});

test("a score that is NaN is refused", () => {
  expect(refusalOf(() => areaUnderRoc([1, Number.NaN], [true, false]))).toMatch(
    /^anomaly score 1: expected a number, found NaN\./,
  );
});
