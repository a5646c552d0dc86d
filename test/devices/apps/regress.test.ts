import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {Calibration} from "../../../devices/apps/regress/calibration.js";
import source from "../../../devices/apps/regress/moisture.json" with {type: "json"};
import {probe} from "../../../devices/apps/regress/probe.mjs";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {train} from "../../../host-sim/training/train.js";
import {Random} from "../../../runtime/random.js";

/** A new probe as the app's make-recordings.mjs measures it. */
const random = new Random(1);
const fresh = makeDataset(
  ["reading"],
  Array.from({length: 200}, (_, k) => {
    const moisture = (k % 50) / 49;
    const reading = probe(moisture, 0) + 0.004 * random.normal();
    return {
      label: "",
      rows: 1,
      source: `soil ${k}`,
      samples: Float32Array.of(reading),
      targets: Float32Array.of(moisture),
    };
  }),
  [],
  ["moisture"],
);
const {compiled} = train(checkDescription(source), fresh, {learn: ["online-sgd"]});

/**
 * Lets the probe age a year in a soil that dries and is watered.
 * @param daysBetween every so many days the reference is connected for an hour; never for Infinity
 * @returns mean error of each quarter
 */
function age(daysBetween: number): number[] {
  const noise = new Random(2);
  let years = 0;
  let moisture = 0;
  let isConnected = false;
  const sensor = {read: () => probe(moisture, years) + 0.02 * noise.normal()};
  const reference = {read: () => (isConnected ? moisture : undefined)};
  const errors = [0, 0, 0, 0];
  const counts = [0, 0, 0, 0];
  const output = {
    value(value: number) {
      const quarter = Math.min(3, Math.floor(years * 4));
      errors[quarter] += Math.abs(value - moisture);
      counts[quarter]++;
    },
    learned() {},
  };
  const app = new Calibration(compiled.model, compiled.image, {sensor, reference, output});
  for (let hour = 0; hour < 365 * 24; hour++) {
    years = hour / (365 * 24);
    // Watered every four days or so.
    moisture = 0.15 + 0.7 * (1 - ((hour / 96) % 1));
    isConnected = hour % (24 * daysBetween) < 1;
    for (let k = 0; k < (isConnected ? 3000 : 16); k++) app.tick();
  }
  return errors.map((sum, k) => sum / counts[k]);
}

test("the regress app follows a probe that drifts, where one that never meets a reference goes astray", () => {
  const alone = age(Infinity);
  const guided = age(5);
  // Of 0.15 to 0.85.
  expect(alone[3]).toBeGreaterThan(0.08);
  expect(guided[3]).toBeLessThan(alone[3] / 3);
});
