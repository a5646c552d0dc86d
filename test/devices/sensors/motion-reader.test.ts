import {describe, expect, test} from "vitest";
import {MotionReader, type MotionSample, type MotionUnits} from "../../../devices/sensors/motion-reader.js";
import type {Model, Unit} from "../../../runtime/model.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {compileGesture} from "../../runtime/small-model.js";

function modelOf(axes: readonly string[], units?: readonly Unit[]): Model {
  return {...compileGesture().model, sampling: {axes, ...(units && {units})}};
}

function each(unit: Unit, count = 3): Unit[] {
  return Array.from({length: count}, () => unit);
}

/** @returns the axes' numbers; undefined when the sample was left out */
function read(reader: MotionReader, sample: MotionSample | undefined): number[] | undefined {
  const into = new Float32Array(9).fill(7);
  if (!reader.read(sample, into)) {
    expect([...into], "a sample that is left out changes nothing").toEqual(Array(9).fill(7));
    return undefined;
  }
  return [...into].filter((value) => value !== 7);
}

const XYZ = ["x", "y", "z"];
const IMU = ["aX", "aY", "aZ", "gX", "gY", "gZ"];

describe("a motion reader", () => {
  test("copies an accelerometer's axes, in the order that the model names them", () => {
    expect(read(new MotionReader(modelOf(XYZ, each("m/s2"))), {x: 1, y: -2, z: 3})).toEqual([1, -2, 3]);
    expect(read(new MotionReader(modelOf(["z", "x"], each("m/s2", 2))), {x: 1, z: 3})).toEqual([3, 1]);
  });

  test("finds x, y and z in the accelerometer of a sensor that is more than that", () => {
    const sample = {accelerometer: {x: 1, y: 2, z: 3}, gyroscope: {x: 4, y: 5, z: 6}};
    expect(read(new MotionReader(modelOf(XYZ, each("m/s2"))), sample)).toEqual([1, 2, 3]);
  });

  test("finds x, y and z in the gyroscope of such a sensor where the model has them in deg/s", () => {
    const model = modelOf(XYZ, each("deg/s"));
    const sample = {accelerometer: {x: 1, y: 2, z: 3}, gyroscope: {x: 4, y: 5, z: 6}};
    expect(read(new MotionReader(model, {gyroscope: "deg/s"}), sample)).toEqual([4, 5, 6]);
    const reader = new MotionReader(model, {gyroscope: "deg/s"});
    expect(refusalOf(() => read(reader, {accelerometer: {x: 1, y: 2, z: 3}}))).toMatch(/^sample: x: /);
  });

  test("turns m/s2 into g and deg/s into rad/s", () => {
    const model = modelOf(IMU, [...each("g"), ...each("rad/s")]);
    const sample = {
      accelerometer: {x: 9.80665, y: 0, z: -19.6133},
      gyroscope: {x: 180, y: -90, z: 0},
    };
    const {fround, PI} = Math;
    expect(read(new MotionReader(model, {gyroscope: "deg/s"}), sample)).toEqual([
      1,
      0,
      -2,
      fround(PI),
      fround(-PI / 2),
      0,
    ]);
  });

  test.each<[MotionUnits, Unit, number]>([
    [{accelerometer: "g"}, "m/s2", Math.fround(9.80665)],
    [{accelerometer: "g"}, "g", 1],
    [{}, "m/s2", 1],
    [{gyroscope: "rad/s"}, "deg/s", Math.fround(180 / Math.PI)],
  ])("makes 1 of a sensor with %o in %s %f", (units, wanted, value) => {
    expect(read(new MotionReader(modelOf(["x"], [wanted]), units), {x: 1})).toEqual([value]);
  });

  test("leaves out samples that are undefined or broken, and counts them", () => {
    const reader = new MotionReader(modelOf(XYZ, each("m/s2")));
    expect(read(reader, undefined)).toBeUndefined();
    expect(read(reader, {x: 1, y: 2, z: 3})).toEqual([1, 2, 3]);
    expect(read(reader, {x: 1, y: 2})).toBeUndefined();
    expect(read(reader, {x: 1, y: Number.NaN, z: 3})).toBeUndefined();
    expect(read(reader, {x: 1, y: 2, z: Infinity})).toBeUndefined();
    expect(read(reader, {})).toBeUndefined();
    expect(reader.missed).toBe(5);
    expect(read(reader, {x: 1, y: 2, z: 3})).toEqual([1, 2, 3]);
  });

  test("refuses a first sample without an axis that the model needs", () => {
    const refusal = (axes: string[], sample: MotionSample) =>
      refusalOf(() =>
        new MotionReader(modelOf(axes, each("m/s2", axes.length)), {gyroscope: "deg/s"}).read(
          sample,
          new Float32Array(6),
        ),
      );
    expect(refusal(XYZ, {x: 1, z: 3})).toBe(
      "sample: y: expected a number, found nothing. Switch the axis on with sensor.configure(), or take the sensor that the model was made for.",
    );
    expect(refusal(["aX"], {x: 1})).toContain("sample: aX");
  });

  test("refuses units that are not told, that differ in kind, or that are none", () => {
    const refusal = (axes: string[], units: Unit[] | undefined, own: MotionUnits) =>
      refusalOf(() => new MotionReader(modelOf(axes, units), own));
    expect(refusal(XYZ, undefined, {})).toContain("model: sampling: expected units of the axes");
    expect(refusal(["gX"], ["rad/s"], {})).toBe(
      'units: gyroscope: expected "rad/s" or "deg/s", whichever the driver gives, found nothing. Look into the driver; for Moddable\'s MPU6050 say {gyroscope: "deg/s"}.',
    );
    expect(refusal(["aX"], ["rad/s"], {})).toContain(
      "units: accelerometer: expected a unit that becomes rad/s, found m/s2",
    );
    expect(refusal(["gX"], ["g"], {gyroscope: "deg/s"})).toContain(
      "units: gyroscope: expected a unit that becomes g",
    );
    expect(refusal(["x"], ["g"], {accelerometer: "G" as Unit})).toContain(
      "units: accelerometer: expected one of m/s2, g",
    );
  });

  test("refuses axes that no motion sensor has, and a model on ready-made features", () => {
    expect(refusalOf(() => new MotionReader(modelOf(["red"], ["g"])))).toContain(
      "model: axes: expected x, y, z, aX",
    );
    const {sampling: _, ...model} = compileGesture().model;
    expect(refusalOf(() => new MotionReader(model))).toContain("model: sampling: expected a window");
  });
});
