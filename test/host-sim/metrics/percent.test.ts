import {expect, test} from "vitest";
import {percentText} from "../../../host-sim/metrics/percent.js";

test.each([
  [29 / 30, "96.7 %"],
  [2 / 3, "66.7 %"],
  [0.1234, "12.3 %"],
  [1, "100.0 %"],
  [9999 / 10_000, "99.9 %"],
  [0, "0.0 %"],
  [0.0005, "0.1 %"],
  [2.5, "250.0 %"],
])("the share %d is %s: the nearest, but 100 %% is all", (share, text) => {
  expect(percentText(share)).toBe(text);
});
