import {checkOptionNames} from "ganglion/check-option";
import {InputError} from "ganglion/input-error";
import type {Model, Unit} from "ganglion/model";
import {conversion} from "./units.js";

/** Three numbers of a motion sensor; of an axis that is switched off, nothing. */
export interface Axes {
  readonly x?: number;
  readonly y?: number;
  readonly z?: number;
}

/**
 * What `sample()` of an ECMA-419 sensor gives (ECMA-419, 14.3): an accelerometer or a gyroscope its axes, a sensor that is
 * both, each under its name.
 */
export interface MotionSample extends Axes {
  readonly accelerometer?: Axes;
  readonly gyroscope?: Axes;
}

/** In which units the driver gives what the model takes. */
export interface MotionUnits {
  /** "m/s2" when left out, which ECMA-419 prescribes and Moddable's drivers give. */
  readonly accelerometer?: Unit | undefined;
  /** "rad/s" or "deg/s". ECMA-419 prescribes rad/s, and Moddable's MPU6050 gives deg/s: so it has to be said. */
  readonly gyroscope?: Unit | undefined;
}

/**
 * Copies a motion sensor's samples into a window in place: the axes that the model names, in its units. Nothing allocates
 * after construction.
 *
 * An axis called x, y or z is the sensor's only one, of several the accelerometer's, or the gyroscope's where the model has it
 * in rad/s or deg/s. aX, aY, aZ are the accelerometer's of several, gX, gY, gZ the gyroscope's. Small letters do as well.
 */
export class MotionReader {
  /** Samples that were left out since the start: undefined, or with an axis that is missing or no finite number. */
  missed = 0;
  /** For each axis its place in PLACES. */
  readonly #places: Uint8Array;
  readonly #factors: Float64Array;
  /** Axes' names, as messages tell them. */
  readonly #axes: readonly string[];
  readonly #numbers: Float64Array;
  #hasRead = false;

  /**
   * @param model the compiled module's default export; its description names the axes' units
   * @throws InputError for a model that names no units, for an axis that isn't a motion sensor's, and for units that
   *   can't become the model's
   */
  constructor(model: Model, units: MotionUnits = {}) {
    checkOptionNames(units, SENSORS);
    const {axes, units: wanted} = model?.sampling ?? {};
    if (axes === undefined) refuseModel("a window of a motion sensor's axes", "none");
    if (wanted === undefined) refuseModel("units of the axes, without which a g passes for a m/s2", "none");
    this.#axes = axes;
    this.#places = new Uint8Array(axes.length);
    this.#factors = new Float64Array(axes.length);
    this.#numbers = new Float64Array(axes.length);
    for (let k = 0; k < axes.length; k++) {
      const place = placeOf(axes[k]);
      if (place < 0) refuseAxis(axes[k]);
      const isOnlyTurning = place < 3 && isTurningUnit(wanted[k]);
      const isTurning = place >= 6 || isOnlyTurning;
      this.#places[k] = isOnlyTurning ? place + ONLY_TURNING : place;
      this.#factors[k] = isTurning
        ? conversion(needGyroscope(units), wanted[k], "units: gyroscope")
        : conversion(units.accelerometer ?? "m/s2", wanted[k], "units: accelerometer");
    }
  }

  /**
   * @param sample what the driver's sample() gave; it may have given nothing
   * @param into gets the axes' numbers, when all are there
   * @returns whether they are
   * @throws InputError when the first sample that there is lacks an axis: the sensor isn't the model's, or an axis is
   *   switched off
   */
  read(sample: MotionSample | undefined, into: Float32Array): boolean {
    const numbers = this.#numbers;
    if (sample === undefined || sample === null) {
      this.missed++;
      return false;
    }
    for (let k = 0; k < numbers.length; k++) {
      const value = valueAt(sample, this.#places[k]);
      if (value === undefined && !this.#hasRead) refuseSample(this.#axes[k]);
      if (!(typeof value === "number" && value - value === 0)) {
        this.missed++;
        return false;
      }
      numbers[k] = value * this.#factors[k];
    }
    this.#hasRead = true;
    for (let k = 0; k < numbers.length; k++) into[k] = numbers[k];
    return true;
  }
}

const SENSORS = Object.freeze(["accelerometer", "gyroscope"]);
const PLACES = Object.freeze(["x", "y", "z", "ax", "ay", "az", "gx", "gy", "gz"]);
/** From the place of x, y or z to where it is that of a gyroscope: behind all of PLACES. */
const ONLY_TURNING = 9;

function placeOf(axis: string): number {
  return PLACES.indexOf(axis.toLowerCase());
}

/** A switch, for a property by its own name takes no memory for the name. */
function valueAt(sample: MotionSample, place: number): number | undefined {
  switch (place) {
    case 0:
      return sample.accelerometer === undefined ? sample.x : sample.accelerometer.x;
    case 1:
      return sample.accelerometer === undefined ? sample.y : sample.accelerometer.y;
    case 2:
      return sample.accelerometer === undefined ? sample.z : sample.accelerometer.z;
    case 3:
      return sample.accelerometer?.x;
    case 4:
      return sample.accelerometer?.y;
    case 5:
      return sample.accelerometer?.z;
    case 6:
      return sample.gyroscope?.x;
    case 7:
      return sample.gyroscope?.y;
    case 8:
      return sample.gyroscope?.z;
    case 9:
      return isOfSeveral(sample) ? sample.gyroscope?.x : sample.x;
    case 10:
      return isOfSeveral(sample) ? sample.gyroscope?.y : sample.y;
    default:
      return isOfSeveral(sample) ? sample.gyroscope?.z : sample.z;
  }
}

function isOfSeveral({accelerometer, gyroscope}: MotionSample): boolean {
  return accelerometer !== undefined || gyroscope !== undefined;
}

function isTurningUnit(unit: Unit): boolean {
  return unit === "rad/s" || unit === "deg/s";
}

function needGyroscope({gyroscope}: MotionUnits): Unit {
  if (gyroscope !== undefined) return gyroscope;
  const remedy = 'Look into the driver; for Moddable\'s MPU6050 say {gyroscope: "deg/s"}.';
  throw new InputError(
    "units: gyroscope",
    '"rad/s" or "deg/s", whichever the driver gives',
    "nothing",
    remedy,
  );
}

function refuseModel(expected: string, found: string): never {
  const remedy = 'Write "units" into the description\'s input, as "g", and compile it again.';
  throw new InputError("model: sampling", expected, found, remedy);
}

function refuseAxis(axis: string): never {
  const remedy = "Call it so in the description, or copy the samples yourself.";
  throw new InputError("model: axes", "x, y, z, aX, aY, aZ, gX, gY or gZ", axis, remedy);
}

function refuseSample(axis: string): never {
  const remedy =
    "Switch the axis on with sensor.configure(), or take the sensor that the model was made for.";
  throw new InputError(`sample: ${axis}`, "a number", "nothing", remedy);
}
