import Resource from "Resource";
import LIS3DH from "embedded:sensor/Accelerometer/LIS3DH";
import gesture from "gesture";
import Time from "time";
import Timer from "timer";
import {Classifier} from "./classifier.js";

// What to change for another board or sensor.
const LED_PIN = 2;
const MILLISECONDS = 20; // the model's rate is 50 a second

const {Digital, SMBus} = device.io;
const led = new Digital({pin: LED_PIN, mode: Digital.Output});
const sensor = new LIS3DH({sensor: {...device.I2C.default, io: SMBus}});
sensor.configure({rate: 5, range: 1, enable: 7}); // 100 a second, up to 4 g, all axes

const output = {
  /** @param {string} label */
  gesture(label) {
    led.write(label === "" || label === "still" ? 0 : 1);
    trace(label === "" ? "?" : label, "\n");
  },
};
const classifier = new Classifier(gesture, new Resource("gesture.gnl"), {sensor, clock: Time, output});
Timer.repeat(() => classifier.tick(), MILLISECONDS);
