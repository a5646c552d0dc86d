import Resource from "Resource";
import moisture from "moisture";
import Timer from "timer";
import {Calibration} from "./calibration.js";

// What to change for another board or sensor.
const SENSOR_PIN = 34;
const REFERENCE_PIN = 35;
const BUTTON_PIN = 0;
const MILLISECONDS = 20;

const {Analog, Digital} = device.io;
const sensor = new Analog({pin: SENSOR_PIN});
const reference = new Analog({pin: REFERENCE_PIN});
const button = new Digital({pin: BUTTON_PIN, mode: Digital.InputPullUp});
const full = (1 << sensor.resolution) - 1;

/** @type {import("./calibration.js").Output} */
const output = {
  value() {},
  learned: (error) => trace("off by ", error.toFixed(3), " before this step\n"),
};
const parts = {
  sensor: {read: () => sensor.read() / full},
  // The reference is a good sensor of the same kind of value, 0 to 1. It counts while the button is pressed.
  reference: {read: () => (button.read() === 0 ? reference.read() / full : undefined)},
  output,
};
const calibration = new Calibration(moisture, new Resource("moisture.gnl"), parts);
Timer.repeat(() => calibration.tick(), MILLISECONDS);
Timer.repeat(() => trace(calibration.value.toFixed(3), "\n"), 1000);
