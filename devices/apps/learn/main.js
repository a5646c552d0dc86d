import Resource from "Resource";
import LIS3DH from "embedded:sensor/Accelerometer/LIS3DH";
import {PreferenceSlots} from "ganglion/storage/preference-slots";
import gesture from "gesture";
import Preference from "preference";
import Time from "time";
import Timer from "timer";
import {Pupil} from "./pupil.js";

// What to change for another board or sensor.
const LED_PIN = 2;
const BUTTON_PIN = 0;
const MILLISECONDS = 20; // the model's rate is 50 a second

const {Digital, SMBus} = device.io;
const led = new Digital({pin: LED_PIN, mode: Digital.Output});
const pin = new Digital({pin: BUTTON_PIN, mode: Digital.InputPullUp});
const button = {read: () => 1 - pin.read()}; // pressed, the pin is connected to ground
const sensor = new LIS3DH({sensor: {...device.I2C.default, io: SMBus}});
sensor.configure({rate: 5, range: 1, enable: 7}); // 100 a second, up to 4 g, all axes

/** @type {import("./pupil.js").Output} */
const output = {
  restored: (wasSaved, reason) => trace(wasSaved ? "as saved\n" : `as compiled: ${reason}\n`),
  gesture(label) {
    led.write(label === "" || label === "still" ? 0 : 1);
    trace(label === "" ? "?" : label, "\n");
  },
  chosen: (label) => trace("hold the button to teach ", label, "\n"),
  taught: (label, count) => trace(label, " ", count, "\n"),
  learning: () => trace("learning\n"),
  learned: (windows) => trace("learned ", windows, " windows\n"),
  saved: (result) => trace(result, "\n"),
};
const parts = {sensor, button, clock: Time, storage: new PreferenceSlots(Preference), output};
const pupil = new Pupil(gesture, new Resource("gesture.gnl"), parts);
Timer.repeat(() => pupil.tick(), MILLISECONDS);
