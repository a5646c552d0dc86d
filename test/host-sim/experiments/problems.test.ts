import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {expect, test} from "vitest";
import type {Problem} from "../../../host-sim/experiments/problem.js";
import {iris} from "../../../host-sim/experiments/problems/iris.js";
import {sine} from "../../../host-sim/experiments/problems/sine.js";
import {spiral} from "../../../host-sim/experiments/problems/spiral.js";
import {xor} from "../../../host-sim/experiments/problems/xor.js";
import {spreadOf} from "../../../host-sim/experiments/spread.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data");

/** Means and least values over 20 seeds of a problem's first measure. */
async function over20Seeds(problem: Problem) {
  const trial = await problem.load(folder);
  return spreadOf(Array.from({length: 20}, (_, k) => trial.score(k + 1)[0]));
}

test("20 seeds learn the exclusive or, all of them", async () => {
  expect((await over20Seeds(xor)).least).toBe(1);
});

test("20 seeds tell three arms of a spiral apart: 98 % in the mean, 96 % at worst", async () => {
  const {mean, least} = await over20Seeds(spiral);
  expect(mean).toBeGreaterThanOrEqual(0.98);
  expect(least).toBeGreaterThanOrEqual(0.96);
});

test("20 seeds follow a sine between the points that they learned: R2 of 0.998 at worst", async () => {
  expect((await over20Seeds(sine)).least).toBeGreaterThanOrEqual(0.998);
});

test.skipIf(!existsSync(join(folder, iris.data?.path ?? "")) && process.env.CI === undefined)(
  "20 seeds tell irises apart by five folds: 95 % in the mean",
  async () => {
    expect((await over20Seeds(iris)).mean).toBeGreaterThanOrEqual(0.95);
  },
);

test("a spread by hand: 1, 2, 3, 6 have mean 3 and a sample variance of 14 / 3", () => {
  expect(spreadOf([1, 2, 3, 6])).toEqual({mean: 3, deviation: Math.sqrt(14 / 3), least: 1, most: 6});
});
