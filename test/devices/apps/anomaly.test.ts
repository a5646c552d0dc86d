import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {vibrate} from "../../../devices/apps/anomaly/vibrate.mjs";
import source from "../../../devices/apps/anomaly/vibration.json" with {type: "json"};
import {Phase, VibrationGuard} from "../../../devices/apps/anomaly/vibration-guard.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {train} from "../../../host-sim/training/train.js";

/** Fans as the app's make-recordings.mjs makes them. */
const fans = makeDataset(
  ["x", "y", "z"],
  Array.from({length: 40}, (_, k) => {
    const rows = vibrate({turns: 11 + 2 * (k % 4), size: 1.5 + 0.3 * (k % 4)}, 1280, k);
    return {label: "normal", rows: rows.length, source: `fan ${k}`, samples: Float32Array.from(rows.flat())};
  }),
);
const {compiled} = train(checkDescription(source), fans, {learn: ["online-sgd"]});

const SECOND = 100;
const MINUTE = 60 * SECOND;

/** A machine of another speed and size than those that were recorded. */
function open() {
  const heard: string[] = [];
  const button = {isPressed: 0, read: () => button.isPressed};
  const clock = {ticks: 0};
  let rows: number[][] = [];
  let at = 0;
  const sensor = {
    sample() {
      const [x, y, z] = rows[at++ % rows.length];
      return {x, y, z};
    },
  };
  const output = {
    phase: (phase: number) => heard.push(["learn", "measure", "watch"][phase]),
    alarm: (isAlarm: boolean) => heard.push(isAlarm ? "alarm" : "normal"),
  };
  const guard = new VibrationGuard(compiled.model, compiled.image, {sensor, button, clock, output});
  /** Lets the machine run. @returns what the guard told meanwhile */
  function run(own: number[][], samples: number): string[] {
    rows = own;
    at = 0;
    heard.length = 0;
    for (let k = 0; k < samples; k++) {
      guard.tick();
      clock.ticks += 10;
    }
    return [...heard];
  }
  return {guard, button, run, heard};
}

const machine = {turns: 14.3, size: 2.1};
const well = vibrate(machine, 20 * MINUTE, 100);
const worn = vibrate({...machine, knock: 5}, MINUTE, 101);

describe("the anomaly app", () => {
  test("learns how a machine vibrates in three minutes, stays quiet, warns in ten seconds, and is calm again", () => {
    const {guard, run, heard} = open();
    expect(heard).toEqual(["learn"]);
    expect(run(well, 3 * MINUTE)).toEqual(["measure", "watch"]);
    expect(guard.phase).toBe(Phase.watch);
    expect(run(well.slice(3 * MINUTE), 15 * MINUTE)).toEqual([]);
    expect(run(worn, 10 * SECOND)).toEqual(["alarm"]);
    expect(run(well.slice(18 * MINUTE), 10 * SECOND)).toEqual(["normal"]);
  });

  test("warns of a machine that it hasn't learned, until the button makes it learn anew", () => {
    const {button, run} = open();
    const slower = vibrate({turns: 8, size: 1}, 8 * MINUTE, 7);
    run(well, 3 * MINUTE);
    expect(run(slower, 10 * SECOND)).toEqual(["alarm"]);
    button.isPressed = 1;
    expect(run(slower, 1)).toEqual(["normal", "learn"]);
    button.isPressed = 0;
    expect(run(slower, 3 * MINUTE)).toEqual(["measure", "watch"]);
    expect(run(slower.slice(3 * MINUTE), 4 * MINUTE)).toEqual([]);
  });
});
