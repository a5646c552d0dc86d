import {Decision} from "ganglion/decision";
import {Learner} from "ganglion/learner";
import {OnlineSgd} from "ganglion/optimizers/online-sgd";
import {MotionStream} from "ganglion/sensors/motion-stream";
import {SlidingWindow} from "ganglion/sliding-window";

/** What it does: learns what is normal, looks how far normal goes, or warns of what is beyond. */
export const Phase = Object.freeze({learn: 0, measure: 1, watch: 2});

/**
 * Learns how a machine vibrates as long as it is well, then warns when it vibrates otherwise. It begins to learn when it
 * is switched on and each time that the button is pressed, as after the sensor was moved. Nothing here allocates after
 * construction.
 */
export class VibrationGuard {
  /** @type {number} */
  phase = Phase.learn;
  /** Whether it warns. */
  isAlarm = false;
  #learner;
  #window;
  #stream;
  #decision;
  #sensor;
  #button;
  #clock;
  #output;
  #learnWindows;
  #measureWindows;
  #margin;
  #budget;
  #windows = 0;
  #highest = 0;
  #wasPressed = false;

  /**
   * @param {import("ganglion/model").Model} model of centroids, compiled with `--learn online-sgd`
   * @param {ArrayBufferLike | ArrayBufferView} image
   * @param {object} parts
   * @param {{sample(): import("ganglion/sensors/motion-reader").MotionSample | undefined}} parts.sensor in m/s2
   * @param {{read(): number}} parts.button 1 while it is pressed, else 0
   * @param {{readonly ticks: number}} parts.clock milliseconds
   * @param {Output} parts.output
   * @param {object} [options]
   * @param {number} [options.learnWindows] windows to learn from
   * @param {number} [options.measureWindows] windows after them, whose highest score counts as normal
   * @param {number} [options.margin] an alarm is beyond so many times that score
   * @param {number} [options.budget] multiply-accumulates a tick
   */
  constructor(model, image, {sensor, button, clock, output}, options = {}) {
    const {learnWindows = 60, measureWindows = 60, margin = 2, budget = 400} = options;
    // It follows about the last 20 windows: enough to settle within 60.
    this.#learner = new Learner(model, image, new OnlineSgd({learningRate: 0.05}));
    this.#window = new SlidingWindow(this.#learner.network);
    this.#stream = new MotionStream(model, this.#window, {accelerometer: "m/s2"});
    // Strange, 1, or not, 0: three of the last four windows.
    this.#decision = new Decision(2, {windows: 4, needed: 3});
    this.#sensor = sensor;
    this.#button = button;
    this.#clock = clock;
    this.#output = output;
    this.#learnWindows = learnWindows;
    this.#measureWindows = measureWindows;
    this.#margin = margin;
    this.#budget = Math.max(budget, this.#learner.smallestBudget);
    output.phase(this.phase);
  }

  get network() {
    return this.#learner.network;
  }

  /** To be called as often as the model's rate says, or more often. */
  tick() {
    const isPressed = this.#button.read() === 1;
    if (isPressed && !this.#wasPressed) this.#begin();
    this.#wasPressed = isPressed;
    this.#stream.put(this.#sensor.sample(), this.#clock.ticks);
    while (this.#stream.next()) this.#takeWindow();
    if (this.#learner.isWorking) this.#learner.work(this.#budget);
  }

  #begin() {
    this.#learner.reset();
    this.#window.clear();
    this.#windows = 0;
    this.#highest = 0;
    this.#setAlarm(false);
    this.#setPhase(Phase.learn);
  }

  #takeWindow() {
    // Only a budget far too small makes a step last longer than a window.
    if (this.#learner.isWorking) return;
    const {network} = this;
    network.load(this.#window.features);
    if (this.phase === Phase.learn) this.#learner.beginInput();
    else if (this.phase === Phase.measure) this.#highest = Math.max(this.#highest, network.score());
    else this.#watch();
    if (this.phase === Phase.watch) return;
    this.#windows++;
    if (this.#windows < (this.phase === Phase.learn ? this.#learnWindows : this.#measureWindows)) return;
    this.#windows = 0;
    if (this.phase === Phase.learn) this.#setPhase(Phase.measure);
    else {
      network.threshold = this.#margin * this.#highest;
      this.#decision.clear();
      this.#setPhase(Phase.watch);
    }
  }

  #watch() {
    const decided = this.#decision.take(this.network.isAnomaly() ? 1 : 0, 1);
    if (decided >= 0) this.#setAlarm(decided === 1);
  }

  /** @param {number} phase */
  #setPhase(phase) {
    this.phase = phase;
    this.#output.phase(phase);
  }

  /** @param {boolean} isAlarm */
  #setAlarm(isAlarm) {
    if (isAlarm === this.isAlarm) return;
    this.isAlarm = isAlarm;
    this.#output.alarm(isAlarm);
  }
}

/**
 * What the guard tells.
 * @typedef {object} Output
 * @property {(phase: number) => void} phase each time that another one begins
 * @property {(isAlarm: boolean) => void} alarm when an alarm begins, and when it ends
 */
