import {Decision} from "ganglion/decision";
import {Learner} from "ganglion/learner";
import {OnlineSgd} from "ganglion/optimizers/online-sgd";
import {MotionStream} from "ganglion/sensors/motion-stream";
import {SlidingWindow} from "ganglion/sliding-window";
import {ParameterStore} from "ganglion/storage/parameter-store";
import {Lessons} from "./lessons.js";

/** A button that is pressed for less is a short press. */
const SHORT_PRESS_MILLISECONDS = 500;

/**
 * Tells gestures apart, and is taught: a short press of the button chooses the next gesture, holding it while the gesture
 * is repeated teaches that one. When the button is let go, the last layer goes over all that was taught, a slice a tick,
 * and saves what it has learned. Nothing here allocates after construction but a save, a few strings a block.
 */
export class Pupil {
  /** The gesture that was decided last, and the one that holding the button teaches, as indexes of `labels`. */
  gesture = -1;
  chosen = 0;
  #learner;
  #store;
  #window;
  #stream;
  #decision;
  #lessons;
  #sensor;
  #button;
  #clock;
  #output;
  #passes;
  #budget;
  /**
   * When the button was pressed; undefined while it isn't.
   * @type {number | undefined}
   */
  #pressedAt;
  /** Windows that were taught since the button was pressed. */
  #taught = 0;
  /** Passes that are left to go, and the lesson within a pass. */
  #passesLeft = 0;
  #lesson = 0;
  #isSaving = false;
  #hasToSave = false;

  /**
   * @param {import("ganglion/model").Model} model compiled with `--learn online-sgd --learn-layers last`
   * @param {ArrayBufferLike | ArrayBufferView} image
   * @param {object} parts
   * @param {{sample(): import("ganglion/sensors/motion-reader").MotionSample | undefined}} parts.sensor in m/s2
   * @param {{read(): number}} parts.button 1 while it is pressed, else 0
   * @param {{readonly ticks: number}} parts.clock milliseconds
   * @param {import("ganglion/storage/slot-storage").SlotStorage} parts.storage
   * @param {Output} parts.output
   * @param {object} [options]
   * @param {number} [options.hop] samples from a window's beginning to the next one's, a divisor of the window
   * @param {number} [options.windows] how many windows of each gesture are kept to learn from
   * @param {number} [options.passes] how often they are gone over
   * @param {number} [options.budget] multiply-accumulates a tick
   * @param {number} [options.saveInterval] milliseconds between two saves at least
   */
  constructor(model, image, {sensor, button, clock, storage, output}, options = {}) {
    const {hop = 50, windows = 10, passes = 30, budget = 400, saveInterval = 60_000} = options;
    // The rate and the passes of docs/accuracy.md.
    const optimizer = new OnlineSgd({learningRate: 0.05});
    this.#learner = new Learner(model, image, optimizer, {layers: 1, guard: true, keepBest: true});
    const {network} = this.#learner;
    this.#store = new ParameterStore(this.#learner, storage, {
      clock: () => clock.ticks,
      minimumInterval: saveInterval,
    });
    this.#window = new SlidingWindow(network, hop);
    this.#stream = new MotionStream(model, this.#window, {accelerometer: "m/s2"});
    this.#decision = new Decision(network.labels.length, {windows: 3, needed: 2, probability: 0.5});
    this.#lessons = new Lessons(network.labels.length, windows, this.#window.features.length);
    this.#sensor = sensor;
    this.#button = button;
    this.#clock = clock;
    this.#output = output;
    this.#passes = passes;
    this.#budget = Math.max(budget, this.#learner.smallestBudget);
    const {slot, reason} = this.#store.restore();
    output.restored(slot >= 0, reason);
    // Learning always begins at what was known when the board was switched on.
    this.#learner.keepBest();
  }

  get network() {
    return this.#learner.network;
  }

  /** Whether it is going over what was taught. */
  get isLearning() {
    return this.#passesLeft > 0;
  }

  /** Whether what it has learned isn't saved yet. */
  get hasToSave() {
    return this.#hasToSave || this.#isSaving;
  }

  /** To be called as often as the model's rate says, or more often. */
  tick() {
    this.#watchButton();
    this.#stream.put(this.#sensor.sample(), this.#clock.ticks);
    while (this.#stream.next()) this.#takeWindow();
    if (this.#passesLeft > 0) this.#learn();
    else if (this.hasToSave) this.#save();
  }

  /** Forgets all that was taught, also what was saved. */
  forget() {
    this.#store.factoryReset();
    this.#learner.keepBest();
    this.#lessons.clear();
    this.#passesLeft = 0;
    this.#hasToSave = false;
    this.#isSaving = false;
  }

  #watchButton() {
    const isPressed = this.#button.read() === 1;
    if (isPressed && this.#pressedAt === undefined) {
      this.#pressedAt = this.#clock.ticks;
      this.#taught = 0;
      // Nothing of what came before is taught.
      this.#window.clear();
    } else if (!isPressed && this.#pressedAt !== undefined) {
      const milliseconds = this.#clock.ticks - this.#pressedAt;
      this.#pressedAt = undefined;
      if (this.#taught > 0) this.#beginToLearn();
      else if (milliseconds < SHORT_PRESS_MILLISECONDS) this.#chooseNext();
    }
  }

  #chooseNext() {
    const {labels} = this.network;
    this.chosen = this.chosen + 1 < labels.length ? this.chosen + 1 : 0;
    this.#output.chosen(labels[this.chosen]);
  }

  #takeWindow() {
    const {network} = this;
    if (this.#pressedAt !== undefined) {
      this.#taught++;
      this.#lessons.add(this.chosen, this.#window.features);
      this.#output.taught(network.labels[this.chosen], this.#taught);
      return;
    }
    // Midst in a step the network can't predict; the next window will do.
    if (this.#learner.isWorking) return;
    network.load(this.#window.features);
    const gesture = this.#decision.add(network);
    if (gesture === this.gesture) return;
    this.gesture = gesture;
    this.#output.gesture(gesture < 0 ? "" : network.labels[gesture]);
  }

  #beginToLearn() {
    this.#learner.restoreBest();
    this.#hasToSave = false;
    this.#isSaving = false;
    this.#lesson = 0;
    this.#passesLeft = this.#passes;
    this.#output.learning();
  }

  /** One slice: a lesson, or a part of one. */
  #learn() {
    const learner = this.#learner;
    if (!learner.isWorking) {
      this.#lessons.load(this.#lesson, learner.network);
      learner.begin(this.#lessons.labelOf(this.#lesson));
    }
    if (!learner.work(this.#budget)) return;
    this.#lesson++;
    if (this.#lesson < this.#lessons.count) return;
    this.#lesson = 0;
    this.#passesLeft--;
    if (this.#passesLeft > 0) return;
    this.#decision.clear();
    this.#hasToSave = true;
    this.#output.learned(this.#lessons.count);
  }

  /** A block a tick. */
  #save() {
    const result = this.#isSaving ? this.#store.work() : this.#store.beginSave();
    this.#isSaving = result === "working";
    // Too soon after the last save: it is asked again.
    if (this.#isSaving || result === "too soon") return;
    this.#hasToSave = false;
    this.#output.saved(result);
  }
}

/**
 * What the pupil tells.
 * @typedef {object} Output
 * @property {(wasSaved: boolean, reason: string) => void} restored at the start: whether it goes on from what was saved
 * @property {(label: string) => void} gesture each time that another gesture is decided, "" for none
 * @property {(label: string) => void} chosen which gesture holding the button teaches now
 * @property {(label: string, count: number) => void} taught a window, the so many-th since the button was pressed
 * @property {() => void} learning it begins to go over what was taught
 * @property {(windows: number) => void} learned it went over so many windows
 * @property {(result: string) => void} saved or why not, as ParameterStore says
 */
