import {Random} from "../../runtime/random.js";
import type {VirtualClock} from "./virtual-clock.js";

/** What a sensor plays, and how well. */
export interface Recorded {
  /** One row of numbers a sample, in the order of `axes`: m/s2 and rad/s, as ECMA-419 has it. */
  readonly rows: readonly (readonly number[])[];
  /** Names of the rows' columns: "x", "y", "z"; of an IMU "accelerometer.x", ..., "gyroscope.z". Other names will do. */
  readonly axes: readonly string[];
  /** Samples a second in the recording. */
  readonly rate: number;
  /** Begins anew at the end; else the sensor gives undefined from there on. */
  readonly loops?: boolean | undefined;
}

/** What a driver or a wire does to it. What is left out is off. */
export interface Faults {
  /** Milliseconds by which the moment of a row may be off, either way. */
  readonly jitter?: number | undefined;
  /** Share by which its own clock is fast, such as 0.02 for 2 %; below 0 it is slow. */
  readonly drift?: number | undefined;
  /** Times from `from` to below `to`, in milliseconds, in which sample() gives undefined. */
  readonly gaps?: readonly {readonly from: number; readonly to: number}[] | undefined;
  /** Share of all samples that are undefined, from 0 to 1. */
  readonly undefinedShare?: number | undefined;
  /** Axes that the driver doesn't give, as one that was switched off. */
  readonly missingAxes?: readonly string[] | undefined;
  /** Share of all samples in which one axis is missing, from 0 to 1. */
  readonly missingShare?: number | undefined;
  /** Gives undefined where the row is the same as at the last sample(), as a driver does that waits for new data. */
  readonly onlyNew?: boolean | undefined;
  /** Of all that is drawn; 1 when left out. */
  readonly seed?: number | undefined;
}

/** What sample() gives: numbers, or groups of them. */
export interface SensorSample {
  [axis: string]: number | {[axis: string]: number};
}

/** A sensor driver's shape in ECMA-419. */
export interface RecordedSensor {
  configure(options: object): void;
  /** @returns a new object each time, as drivers do; undefined when there is nothing */
  sample(): SensorSample | undefined;
  close(): void;
}

/**
 * Makes a class that stands in for a driver, such as `embedded:sensor/Accelerometer/LIS3DH`:
 *
 *     const Sensor = recordedSensor({rows, axes: ["x", "y", "z"], rate: 50}, clock, {jitter: 4});
 *     const sensor = new Sensor({sensor: {}});
 *
 * The recording begins when the sensor is made, and sample() gives the row of the clock's time. As strict as a driver: it
 * wants options with `sensor`, configure() an object, and a closed sensor throws.
 */
export function recordedSensor(
  {rows, axes, rate, loops = false}: Recorded,
  clock: VirtualClock,
  faults: Faults = {},
): new (options: {
  sensor: object;
}) => RecordedSensor {
  const {jitter = 0, drift = 0, gaps = [], undefinedShare = 0, missingAxes = [], missingShare = 0} = faults;
  return class {
    readonly #random = new Random(faults.seed ?? 1);
    readonly #start = clock.now;
    #last = -1;
    #isOpen = true;

    constructor(options: {sensor: object}) {
      if (typeof options?.sensor !== "object") throw new Error("sensor required");
    }

    configure(options: object): void {
      this.#check();
      if (typeof options !== "object" || options === null) throw new Error("invalid options");
    }

    sample(): SensorSample | undefined {
      this.#check();
      const time = clock.now - this.#start;
      // Drawn each time, so that one fault doesn't change what another draws.
      const off = jitter * (2 * this.#random.uniform() - 1);
      const isLost = this.#random.uniform() < undefinedShare;
      const missing = this.#random.uniform() < missingShare ? axes[this.#random.below(axes.length)] : "";
      if (isLost || gaps.some(({from, to}) => time >= from && time < to)) return undefined;
      let index = Math.max(0, Math.floor(((time + off) * rate * (1 + drift)) / 1000));
      if (loops) index %= rows.length;
      if (index >= rows.length || (faults.onlyNew && index === this.#last)) return undefined;
      this.#last = index;
      const sample: SensorSample = {};
      axes.forEach((axis, k) => {
        if (axis !== missing && !missingAxes.includes(axis)) put(sample, axis, rows[index][k]);
      });
      return sample;
    }

    close(): void {
      this.#isOpen = false;
    }

    #check(): void {
      if (!this.#isOpen) throw new Error("closed");
    }
  };
}

function put(sample: SensorSample, axis: string, value: number): void {
  const dot = axis.indexOf(".");
  if (dot < 0) {
    sample[axis] = value;
    return;
  }
  const name = axis.slice(0, dot);
  const group = sample[name] ?? {};
  if (typeof group === "object") {
    group[axis.slice(dot + 1)] = value;
    sample[name] = group;
  }
}
