import type {Collecting} from "./image/preprocessing.js";
import {InputError} from "./input-error.js";

/** What a window fills: a network, as far as a window needs to know it. */
export interface WindowTarget {
  readonly arena: Float32Array;
  readonly inputAt: number;
  transform(): void;
}

/**
 * Takes a sensor's samples one by one and, when a window of them is full, puts its features into the network's input.
 * The samples themselves are not kept. Nothing here allocates after construction.
 *
 *     window.sample[0] = x; window.sample[1] = y; window.sample[2] = z;
 *     if (window.add()) network.classify();
 */
export class Window {
  /** Write the next sample here, one number an axis, in the units of the training recordings. */
  readonly sample: Float32Array;
  /** Samples in a full window: as compiled, until a program sets another number between two windows. */
  length: number;
  /** Samples taken since the last window ended. */
  count = 0;
  /** How the image makes features of samples. For a sliding window and for tools. */
  readonly collecting: Collecting;
  readonly #target: WindowTarget;
  readonly #sampleAt: number;
  readonly #stateAt: number;

  /** Made by the network, which has checked the place. */
  constructor(target: WindowTarget, collecting: Collecting, at: number) {
    const {axes, length} = collecting;
    this.sample = target.arena.subarray(at, at + axes);
    this.length = length;
    this.#target = target;
    this.collecting = collecting;
    this.#sampleAt = at;
    this.#stateAt = at + axes;
  }

  /**
   * Takes what stands in `sample`.
   * @returns true when this filled the window: the network's input now holds its features, and the next sample begins
   *   a new window
   */
  add(): boolean {
    const {collector, axes, choice} = this.collecting;
    collector.add(this.#target.arena, this.#sampleAt, this.#stateAt, axes, choice, this.count);
    this.count++;
    if (this.count < this.length) return false;
    this.finish();
    return true;
  }

  /** Forgets the samples of a window that isn't full: the next one begins a new window. */
  clear(): void {
    this.count = 0;
  }

  /**
   * Ends a window before it is full, as at the end of a recording, and puts its features into the network's input.
   * @throws InputError when no sample was taken
   */
  finish(): void {
    const {collector, axes, choice} = this.collecting;
    if (this.count === 0) {
      throw new InputError("window.finish()", "1 sample or more in the window", "0", "Call add() first.");
    }
    const target = this.#target;
    collector.finish(target.arena, target.inputAt, this.#stateAt, axes, choice, this.count);
    this.count = 0;
    target.transform();
  }
}

/** @returns float32 numbers that a window takes in the arena: the sample, then the collector's state */
export function windowSize({collector, axes, choice}: Collecting): number {
  return axes + collector.stateSize(axes, choice);
}
