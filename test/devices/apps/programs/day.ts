import {Pupil} from "../../../../devices/apps/learn/pupil.js";
import {PreferenceSlots} from "../../../../devices/storage/preference-slots.js";
import {Nvs} from "../../../../host-sim/board/nvs.js";
import {Power} from "../../../../host-sim/board/power.js";
import {PreferenceDouble} from "../../../../host-sim/board/preference.js";
import type {Model} from "../../../../runtime/model.js";
import {type AppHost, Meter} from "../app-host.js";
import {FlashSensor} from "./flash-sensor.js";

/** What a day took. */
export interface DayFindings {
  readonly ticks: number;
  readonly gestures: number;
  readonly learned: number;
  readonly saves: number;
  /** After each hour, when all garbage was collected. */
  readonly slotsInUse: readonly number[];
  readonly chunkBytesInUse: readonly number[];
}

const PERIOD = 20;
const HOUR = 3_600_000;

/** 24 hours at 50 samples a second; every hour it is taught for ten seconds. */
export function run(host: AppHost, model: Model): void {
  const sensor = new FlashSensor(host.read("shown"));
  const preference = new PreferenceDouble(new Nvs(new Power(), {nameCharacters: 15, valueBytes: 4000}));
  const button = {isPressed: 0, read: () => button.isPressed};
  // As Time.ticks, which turns during this day.
  const clock = {ticks: 2 ** 31 - 10 * HOUR};
  const heard = {gestures: 0, learned: 0, saves: 0};
  const output = {
    restored() {},
    gesture() {
      heard.gestures++;
    },
    chosen() {},
    taught() {},
    learning() {},
    learned() {
      heard.learned++;
    },
    saved(result: string) {
      if (result === "saved") heard.saves++;
    },
  };
  const parts = {sensor, button, clock, storage: new PreferenceSlots(preference), output};
  const pupil = new Pupil(model, host.read("model.gnl"), parts);
  const slotsInUse = new Float64Array(24);
  const chunkBytesInUse = new Float64Array(24);
  let ticks = 0;
  for (let hour = 0; hour < 24; hour++) {
    for (let time = 0; time < HOUR; time += PERIOD) {
      button.isPressed = time < 10_000 ? 1 : 0;
      pupil.tick();
      clock.ticks += PERIOD;
      if (clock.ticks >= 2 ** 31) clock.ticks -= 2 ** 32;
      ticks++;
    }
    host.collect();
    slotsInUse[hour] = host.meter(Meter.slotsInUse);
    chunkBytesInUse[hour] = host.meter(Meter.chunkBytesInUse);
  }
  const findings: DayFindings = {
    ticks,
    ...heard,
    slotsInUse: [...slotsInUse],
    chunkBytesInUse: [...chunkBytesInUse],
  };
  host.print(JSON.stringify(findings));
}
