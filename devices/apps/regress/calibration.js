import {Learner} from "ganglion/learner";
import {OnlineSgd} from "ganglion/optimizers/online-sgd";

/**
 * Makes values of the readings of an analog sensor that drifts, and learns from a reference whenever one is connected.
 * Nothing here allocates after construction.
 */
export class Calibration {
  /** What the sensor says, in the reference's unit; NaN before the first reading. */
  value = Number.NaN;
  #learner;
  #sensor;
  #reference;
  #output;
  #readings;
  #budget;
  /** Sum of the readings so far, and how many they are. */
  #sum = 0;
  #count = 0;
  #wanted = 0;

  /**
   * @param {import("ganglion/model").Model} model of one column and one target, compiled with `--learn online-sgd`
   * @param {ArrayBufferLike | ArrayBufferView} image
   * @param {object} parts
   * @param {{read(): number}} parts.sensor the reading as it was when recorded: 0 to 1
   * @param {{read(): number | undefined}} parts.reference the true value; undefined while none is connected
   * @param {Output} parts.output
   * @param {object} [options]
   * @param {number} [options.readings] of how many the mean is taken, as an analog input is noisy
   * @param {number} [options.learningRate]
   * @param {number} [options.budget] multiply-accumulates a tick
   */
  constructor(model, image, {sensor, reference, output}, options = {}) {
    const {readings = 16, learningRate = 0.02, budget = 500} = options;
    this.#learner = new Learner(model, image, new OnlineSgd({learningRate}), {guard: true});
    this.#sensor = sensor;
    this.#reference = reference;
    this.#output = output;
    this.#readings = readings;
    this.#budget = Math.max(budget, this.#learner.smallestBudget);
  }

  get network() {
    return this.#learner.network;
  }

  /** To be called for each reading. */
  tick() {
    const learner = this.#learner;
    if (learner.isWorking) {
      // The values of the step under way lie in the network, so that readings wait for its end.
      if (learner.work(this.#budget)) this.#output.learned(this.value - this.#wanted);
      return;
    }
    this.#sum += this.#sensor.read();
    this.#count++;
    if (this.#count < this.#readings) return;
    const {input, output} = learner.network;
    input[0] = this.#sum / this.#count;
    this.#sum = 0;
    this.#count = 0;
    learner.network.transform();
    learner.network.predict();
    this.value = output[0];
    this.#output.value(this.value);
    const wanted = this.#reference.read();
    if (typeof wanted !== "number" || Number.isNaN(wanted)) return;
    this.#wanted = wanted;
    learner.target[0] = wanted;
    learner.beginTarget();
  }
}

/**
 * What the calibration tells.
 * @typedef {object} Output
 * @property {(value: number) => void} value each new one
 * @property {(error: number) => void} learned how far off the value was from the reference, before it learned from it
 */
