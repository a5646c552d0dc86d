import LIS3DH from "embedded:sensor/Accelerometer/LIS3DH";
import Timer from "timer";
import {SamplePrinter} from "./sample-printer.js";

// What to change for another board or sensor.
const MILLISECONDS = 20; // the model's rate is 50 a second

const {Serial, SMBus} = device.io;
const sensor = new LIS3DH({sensor: {...device.I2C.default, io: SMBus}});
sensor.configure({rate: 5, range: 1, enable: 7}); // 100 a second, up to 4 g, all axes

// What the board's USB is connected to. A debug build keeps it for the debugger: build this app for release, without -d.
const serial = new Serial({...device.Serial.default, baud: 115200, format: "buffer"});
const printer = new SamplePrinter({sensor, write: (bytes) => serial.write(bytes)});
Timer.repeat(() => printer.tick(), MILLISECONDS);
