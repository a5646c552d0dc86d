import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {describe, expect, test} from "vitest";
import {
  finders,
  measureCase,
  microbitCase,
  motionCase,
  wandCases,
} from "../../../host-sim/experiments/anomaly-cases.js";
import {measureDrift} from "../../../host-sim/experiments/drift.js";

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const absent = !existsSync(folder) && process.env.CI === undefined;
if (absent) console.warn(`SKIPPED: anomalies in real recordings, as there is no folder ${folder}`);

const SEEDS = 10;
const [centroids, autoencoder] = finders;

describe.skipIf(absent)("anomalies are found in recordings, over ten seeds", () => {
  test.each(finders)("micro:bit, moved instead of lying still: $title", async (finder) => {
    const {worstArea, found} = measureCase(await microbitCase(folder), finder, SEEDS);
    expect(worstArea).toBeGreaterThan(0.99);
    expect(found).toBe(1);
  });

  test.each(finders)("a motion log, lying still instead of moved: $title", async (finder) => {
    const {worstArea, found} = measureCase(await motionCase(folder), finder, SEEDS);
    expect(worstArea).toBeGreaterThan(0.99);
    expect(found).toBe(1);
  });

  test.each(finders)("magic wand, other gestures than one, area 0.93 in the mean: $title", async (finder) => {
    const areas = (await wandCases(folder)).map(
      (gesture) => measureCase(gesture, finder, SEEDS).areaUnderRoc,
    );
    expect(areas.reduce((sum, area) => sum + area, 0) / areas.length).toBeGreaterThan(0.93);
  });
});

describe.skipIf(absent)("a sensor that was turned", () => {
  test("is no anomaly for long: a dozen windows bring centroids near the threshold, lying still stays far above", async () => {
    const {before, after, stillAfter} = await measureDrift(folder, centroids, 0.005, 1);
    expect(before).toBeGreaterThan(10);
    expect(after).toBeLessThan(2);
    expect(stillAfter).toBeGreaterThan(5);
  });

  test("takes an autoencoder ten times as many, at ten times the learning rate", async () => {
    const {before, after, stillAfter} = await measureDrift(folder, autoencoder, 0.05, 10);
    expect(after).toBeLessThan(before / 10);
    expect(stillAfter).toBeGreaterThan(5);
  });
});
