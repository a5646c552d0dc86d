import {checkOption} from "./check-option.js";
import {InputError} from "./input-error.js";

/**
 * Gives samples at a steady rate from samples that come when a timer got round to it: linear interpolation between the
 * two that lie around a moment. A sample that comes on time goes through unchanged. Nothing allocates after construction.
 *
 *     resampler.sample[0] = x; ...
 *     resampler.put(milliseconds);
 *     while (resampler.next(window.sample)) if (window.add()) ...
 *
 * A quicker sensor is thinned out without a filter before: what moves faster than half the rate is seen as something
 * slower, as with any sampling.
 */
export class Resampler {
  /** Write the next sample here, one number an axis. */
  readonly sample: Float32Array;
  /** Milliseconds from one sample given out to the next. */
  readonly period: number;
  /** A pause between two samples longer than this many milliseconds is not bridged. */
  readonly longestGap: number;
  readonly #last: Float32Array;
  readonly #latest: Float32Array;
  #time = 0;
  /** Milliseconds from the last sample to the latest. */
  #step = 0;
  /** Milliseconds from the last sample to the moment that is due next. */
  #due = 0;
  #isEmpty = true;

  /**
   * @param axes numbers in a sample
   * @param rate samples to give out a second
   * @param longestGap milliseconds; five periods when left out
   * @throws InputError for a rate that isn't above 0, and for a gap below a period
   */
  constructor(axes: number, rate: number, longestGap?: number) {
    checkOption("rate", rate, 0, 100_001);
    this.period = 1000 / rate;
    this.longestGap = longestGap ?? 5 * this.period;
    checkOption("longestGap", this.longestGap, this.period, Infinity, true);
    this.sample = new Float32Array(axes);
    this.#last = new Float32Array(axes);
    this.#latest = new Float32Array(axes);
  }

  /**
   * Takes what stands in `sample`. What was due before and not taken by next() is lost.
   * @param time milliseconds of a clock that may start anywhere and begin anew at 2^31, as Time.ticks does; a sample
   *   that isn't later than the one before is left out
   * @throws InputError for a time that is no finite number
   * @returns false when this is the first sample, or the first after too long a gap: what is given out from here on
   *   doesn't go on from what was given out before
   */
  put(time: number): boolean {
    // Else nothing would ever be due again.
    if (!(typeof time === "number" && time - time === 0)) refuseTime(time);
    let step = time - this.#time;
    if (step < -TURN) step += 2 * TURN;
    if (this.#isEmpty || step > this.longestGap || step < -this.longestGap) {
      this.#latest.set(this.sample);
      this.#time = time;
      this.#step = 0;
      this.#due = 0;
      this.#isEmpty = false;
      return false;
    }
    if (!(step > 0)) return true;
    while (this.#due <= this.#step) this.#due += this.period;
    this.#due -= this.#step;
    this.#last.set(this.#latest);
    this.#latest.set(this.sample);
    this.#time = time;
    this.#step = step;
    return true;
  }

  /**
   * @param into gets the next sample that is due
   * @returns false when none is, until the next put()
   */
  next(into: Float32Array): boolean {
    const step = this.#step;
    const due = this.#due;
    if (due > step) return false;
    const last = this.#last;
    const latest = this.#latest;
    const axes = latest.length;
    if (due === step) for (let k = 0; k < axes; k++) into[k] = latest[k];
    else {
      const share = due / step;
      for (let k = 0; k < axes; k++) into[k] = last[k] + (latest[k] - last[k]) * share;
    }
    this.#due = due + this.period;
    return true;
  }
}

/** Time.ticks goes from 2^31 - 1 to -2^31. */
const TURN = 2 ** 31;

function refuseTime(time: number): never {
  const remedy = "Hand in the clock's milliseconds, as Time.ticks.";
  throw new InputError("resampler: time", "a finite number of milliseconds", `${time}`, remedy);
}
