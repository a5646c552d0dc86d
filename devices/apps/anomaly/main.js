import Resource from "Resource";
import LIS3DH from "embedded:sensor/Accelerometer/LIS3DH";
import Time from "time";
import Timer from "timer";
import vibration from "vibration";
import {Phase, VibrationGuard} from "./vibration-guard.js";

// What to change for another board or sensor.
const LED_PIN = 2;
const BUTTON_PIN = 0;
const MILLISECONDS = 10; // the model's rate is 100 a second

const {Digital, SMBus} = device.io;
const led = new Digital({pin: LED_PIN, mode: Digital.Output});
const pin = new Digital({pin: BUTTON_PIN, mode: Digital.InputPullUp});
const button = {read: () => 1 - pin.read()}; // pressed, the pin is connected to ground
const sensor = new LIS3DH({sensor: {...device.I2C.default, io: SMBus}});
sensor.configure({rate: 6, range: 1, enable: 7}); // 200 a second, up to 4 g, all axes

/** @type {import("./vibration-guard.js").Output} */
const output = {
  phase(phase) {
    trace(phase === Phase.watch ? "watching\n" : "learning what is normal\n");
  },
  alarm(isAlarm) {
    led.write(isAlarm ? 1 : 0);
    trace(isAlarm ? "ALARM\n" : "normal again\n");
  },
};
const parts = {sensor, button, clock: Time, output};
const guard = new VibrationGuard(vibration, new Resource("vibration.gnl"), parts);
Timer.repeat(() => guard.tick(), MILLISECONDS);
