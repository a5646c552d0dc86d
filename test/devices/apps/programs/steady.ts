import {VibrationGuard} from "../../../../devices/apps/anomaly/vibration-guard.js";
import {Classifier} from "../../../../devices/apps/classify/classifier.js";
import {Calibration} from "../../../../devices/apps/regress/calibration.js";
import type {Model} from "../../../../runtime/model.js";
import {type AppHost, Meter} from "../app-host.js";
import {FlashSensor} from "./flash-sensor.js";

/** What some thousands of ticks allocated, and what the app told. */
export interface SteadyFindings {
  readonly slots: number;
  readonly chunkBytes: number;
  readonly told: number;
}

/** Runs one of the apps, whose name stands in a file, with a sensor that gives the same object each time. */
export function run(host: AppHost, model: Model): void {
  const name = String.fromCharCode(...new Uint8Array(host.read("name")));
  const sensor = new FlashSensor(host.read("rows"));
  const image = host.read("model.gnl");
  const clock = {ticks: 0};
  const button = {read: () => 0};
  let told = 0;
  const tell = () => {
    told++;
  };
  const output = {gesture: tell, phase: tell, alarm: tell, value: tell, learned: tell};
  const analog = {read: () => sensor.sample().x};
  const reference = {read: () => 0.5};
  const app =
    name === "classify"
      ? new Classifier(model, image, {sensor, clock, output})
      : name === "anomaly"
        ? new VibrationGuard(
            model,
            image,
            {sensor, button, clock, output},
            {learnWindows: 5, measureWindows: 5},
          )
        : new Calibration(model, image, {sensor: analog, reference, output});
  const period = name === "anomaly" ? 10 : 20;
  const slots = host.meter(Meter.slots);
  const chunkBytes = host.meter(Meter.chunkBytes);
  for (let k = 0; k < 5000; k++) {
    app.tick();
    // A timer that drifts: samples are interpolated.
    clock.ticks += k % 7 === 0 ? period + 3 : period;
  }
  // Before the object is made that tells of them.
  const newSlots = host.meter(Meter.slots) - slots;
  const newChunkBytes = host.meter(Meter.chunkBytes) - chunkBytes;
  const findings: SteadyFindings = {slots: newSlots, chunkBytes: newChunkBytes, told};
  host.print(JSON.stringify(findings));
}
