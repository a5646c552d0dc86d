import {Pupil} from "../../../../devices/apps/learn/pupil.js";
import {PreferenceSlots} from "../../../../devices/storage/preference-slots.js";
import {Nvs} from "../../../../host-sim/board/nvs.js";
import {Power} from "../../../../host-sim/board/power.js";
import {PreferenceDouble} from "../../../../host-sim/board/preference.js";
import type {Model} from "../../../../runtime/model.js";
import {type AppHost, Meter} from "../app-host.js";
import {FlashSensor} from "./flash-sensor.js";

/** Milliseconds and samples, as the app's main.js and its model have them. */
const PERIOD = 20;
const WINDOW = 100;

/** What was found, of which the test judges. */
export interface LearnFindings {
  /** Windows told right of those asked, before it was taught, after, and after it was switched off and on. */
  readonly before: number;
  readonly after: number;
  readonly afterRestart: number;
  readonly wasRestored: boolean;
  readonly saved: string;
  /** Of all ticks but those of saving. */
  readonly slots: number;
  readonly chunkBytes: number;
  readonly ticks: number;
  readonly learningTicks: number;
  /** The most bytecodes of a tick that neither ends a window nor learns; of one that learns; of any. */
  readonly idleBytecodes: number;
  readonly learningBytecodes: number;
  readonly mostBytecodes: number;
  readonly parameters: readonly number[];
}

/** Asks it, teaches it 10 windows of each gesture by the button, asks again, switches it off and on, and asks again. */
export function run(host: AppHost, model: Model): void {
  const shown = new FlashSensor(host.read("shown"));
  const asked = new FlashSensor(host.read("asked"));
  const classFile = host.read("asked.classes");
  const classes = new Uint8Array(classFile, 0, classFile.byteLength);
  const {budget, windows, passes} = JSON.parse(String.fromCharCode(...new Uint8Array(host.read("options"))));
  const preference = new PreferenceDouble(new Nvs(new Power(), {nameCharacters: 15, valueBytes: 4000}));

  const sensor = {source: asked, sample: () => sensor.source.sample()};
  const button = {isPressed: 0, read: () => button.isPressed};
  const clock = {ticks: 0};
  const heard = {saved: "", wasRestored: false};
  const output = {
    restored(wasSaved: boolean) {
      heard.wasRestored = wasSaved;
    },
    gesture() {},
    chosen() {},
    taught() {},
    learning() {},
    learned() {},
    saved(result: string) {
      heard.saved = result;
    },
  };
  function boot(): Pupil {
    const parts = {sensor, button, clock, storage: new PreferenceSlots(preference), output};
    return new Pupil(model, host.read("model.gnl"), parts, {hop: WINDOW, windows, passes, budget});
  }
  let pupil = boot();
  const found = {slots: 0, chunkBytes: 0, ticks: 0, learning: 0, idle: 0, learningMost: 0, most: 0};

  function tick(endsWindow: boolean): void {
    const learns = pupil.isLearning;
    const slots = host.meter(Meter.slots);
    const chunkBytes = host.meter(Meter.chunkBytes);
    const bytecodes = host.meter(Meter.bytecodes);
    const isSaving = pupil.hasToSave;
    pupil.tick();
    const spent = host.meter(Meter.bytecodes) - bytecodes;
    clock.ticks += PERIOD;
    found.ticks++;
    if (isSaving) return;
    found.slots += host.meter(Meter.slots) - slots;
    found.chunkBytes += host.meter(Meter.chunkBytes) - chunkBytes;
    if (learns || pupil.isLearning) {
      found.learning++;
      if (!endsWindow) found.learningMost = Math.max(found.learningMost, spent);
    } else if (!endsWindow) found.idle = Math.max(found.idle, spent);
    found.most = Math.max(found.most, spent);
  }

  function ask(): number {
    sensor.source = asked;
    asked.seek(0);
    // A pause, after which windows begin anew.
    clock.ticks += 1000;
    let right = 0;
    for (let k = 0; k < classes.length; k++) {
      for (let row = 0; row < WINDOW; row++) tick(row === WINDOW - 1);
      const {output} = pupil.network;
      let best = 0;
      for (let j = 1; j < output.length; j++) if (output[j] > output[best]) best = j;
      if (best === classes[k]) right++;
    }
    return right;
  }

  /** Recordings lie in turns of one a class. */
  function teach(label: number, labels: number): void {
    sensor.source = shown;
    while (pupil.chosen !== label) {
      button.isPressed = 1;
      for (let k = 0; k < 5; k++) tick(false);
      button.isPressed = 0;
      tick(false);
    }
    button.isPressed = 1;
    for (let turn = 0; turn < windows; turn++) {
      shown.seek((turn * labels + label) * WINDOW);
      for (let row = 0; row < WINDOW; row++) tick(row === WINDOW - 1);
    }
    button.isPressed = 0;
    tick(false);
  }

  const before = ask();
  const labels = pupil.network.labels.length;
  for (let label = 0; label < labels; label++) teach(label, labels);
  for (let k = 0; pupil.isLearning || pupil.hasToSave; k++) {
    if (k > 100_000) throw new Error("it never ends");
    tick(k % WINDOW === WINDOW - 1);
  }
  const after = ask();
  const {arena, plan} = pupil.network;
  const parameters: number[] = [];
  for (let k = 0; k < plan.learned; k++) parameters.push(arena[plan.parametersAt + k]);
  pupil = boot();
  const {saved, wasRestored} = heard;
  const findings: LearnFindings = {
    before,
    after,
    afterRestart: ask(),
    wasRestored,
    saved,
    slots: found.slots,
    chunkBytes: found.chunkBytes,
    ticks: found.ticks,
    learningTicks: found.learning,
    idleBytecodes: found.idle,
    learningBytecodes: found.learningMost,
    mostBytecodes: found.most,
    parameters,
  };
  host.print(JSON.stringify(findings));
}
