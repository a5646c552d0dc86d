import type {Model} from "ganglion/model";
import {Resampler} from "ganglion/resampler";
import {MotionReader, type MotionSample, type MotionUnits} from "./motion-reader.js";

/** What takes samples one by one: network.window, or a SlidingWindow. */
export interface SampleTaker {
  readonly sample: Float32Array;
  add(): boolean;
  clear(): void;
}

/**
 * A motion sensor's way into a network: reads a sample, brings it into the model's units and to its rate, and fills a
 * window. Nothing allocates after construction.
 *
 *     stream.put(sensor.sample(), Time.ticks);
 *     while (stream.next()) network.classify();
 *
 * Samples that come late are interpolated. After a pause longer than five samples the window begins anew, as nobody knows
 * what was in between. A model without a rate takes each sample as one, whenever it comes.
 */
export class MotionStream {
  readonly reader: MotionReader;
  readonly window: SampleTaker;
  /** How often a window began anew after too long a pause. */
  restarts = 0;
  readonly #resampler: Resampler | undefined;
  /** Without a rate: whether a sample waits to be added. */
  #waits = false;
  #hasBegun = false;

  /**
   * @param model the compiled module's default export
   * @param window the network's own, or a sliding one
   * @param units what the driver gives
   * @throws InputError as MotionReader does
   */
  constructor(model: Model, window: SampleTaker, units?: MotionUnits) {
    this.reader = new MotionReader(model, units);
    this.window = window;
    const rate = model.sampling?.rate;
    this.#resampler = rate === undefined ? undefined : new Resampler(window.sample.length, rate);
  }

  /**
   * @param sample what the driver's sample() gave
   * @param time milliseconds, as Time.ticks has them
   * @returns whether it could be read
   */
  put(sample: MotionSample | undefined, time: number): boolean {
    const resampler = this.#resampler;
    if (resampler === undefined) {
      this.#waits = this.reader.read(sample, this.window.sample);
      return this.#waits;
    }
    if (!this.reader.read(sample, resampler.sample)) return false;
    if (!resampler.put(time)) {
      if (this.#hasBegun) this.restarts++;
      this.#hasBegun = true;
      this.window.clear();
    }
    return true;
  }

  /**
   * Fills the window from what was put, until it is full. Call it again and again until it returns false: after a late
   * sample several windows may follow.
   * @returns true when the window is full
   */
  next(): boolean {
    const {window} = this;
    const resampler = this.#resampler;
    if (resampler === undefined) {
      const waits = this.#waits;
      this.#waits = false;
      return waits && window.add();
    }
    while (resampler.next(window.sample)) if (window.add()) return true;
    return false;
  }
}
