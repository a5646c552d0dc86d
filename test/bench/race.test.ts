import {expect, test} from "vitest";
import {ratiosOf} from "../../bench/lanes/node.js";

test("contenders are compared round by round, so that a slow round slows neither", () => {
  const [ours, other, absent] = ratiosOf([
    {name: "ours", nanoseconds: [10, 20, 10]},
    {name: "other", nanoseconds: [30, 60, 20]},
    {name: "absent", nanoseconds: undefined},
  ]);
  expect(ours.ratio).toEqual({median: 1, least: 1, most: 1});
  expect(other.ratio).toEqual({median: 3, least: 2, most: 3});
  expect(absent.ratio).toBeUndefined();
});
