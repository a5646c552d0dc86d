import {checkRange} from "./image/plan.js";
import type {Collecting} from "./image/preprocessing.js";
import {InputError} from "./input-error.js";
import type {Network} from "./network.js";

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
  readonly #network: Network;
  readonly #collecting: Collecting;
  readonly #sampleAt: number;
  readonly #stateAt: number;

  /** Made by the network. @throws InputError when the image places it outside the arena */
  constructor(network: Network, collecting: Collecting, at: number) {
    const {collector, axes, length, choice} = collecting;
    checkRange("plan: window", at, axes + collector.stateSize(axes, choice), network.arena.length);
    this.sample = network.arena.subarray(at, at + axes);
    this.length = length;
    this.#network = network;
    this.#collecting = collecting;
    this.#sampleAt = at;
    this.#stateAt = at + axes;
  }

  /**
   * Takes what stands in `sample`.
   * @returns true when this filled the window: the network's input now holds its features, and the next sample begins
   *   a new window
   */
  add(): boolean {
    const {collector, axes, choice} = this.#collecting;
    collector.add(this.#network.arena, this.#sampleAt, this.#stateAt, axes, choice, this.count);
    this.count++;
    if (this.count < this.length) return false;
    this.finish();
    return true;
  }

  /**
   * Ends a window before it is full, as at the end of a recording, and puts its features into the network's input.
   * @throws InputError when no sample was taken
   */
  finish(): void {
    const {collector, axes, choice} = this.#collecting;
    if (this.count === 0) {
      throw new InputError("window.finish()", "1 sample or more in the window", "0", "Call add() first.");
    }
    const network = this.#network;
    collector.finish(network.arena, network.inputAt, this.#stateAt, axes, choice, this.count);
    this.count = 0;
    network.transform();
  }
}
