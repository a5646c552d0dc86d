import {Decision} from "ganglion/decision";
import {Network} from "ganglion/network";
import {MotionStream} from "ganglion/sensors/motion-stream";
import {SlidingWindow} from "ganglion/sliding-window";

/** Samples from a window's beginning to the next one's: half of the model's window. */
const HOP = 50;

/**
 * Tells gestures apart. It knows no hardware: what it needs is handed in, by main.js on a board and by a simulation on a
 * computer. Nothing here allocates after construction.
 */
export class Classifier {
  /** The gesture that was decided last, an index of `labels`; -1 for none. */
  gesture = -1;
  #sensor;
  #clock;
  #output;
  #stream;
  #window;
  #decision;

  /**
   * @param {import("ganglion/model").Model} model
   * @param {ArrayBufferLike | ArrayBufferView} image
   * @param {object} parts
   * @param {{sample(): import("ganglion/sensors/motion-reader").MotionSample | undefined}} parts.sensor in m/s2
   * @param {{readonly ticks: number}} parts.clock milliseconds
   * @param {{gesture(label: string): void}} parts.output is told each time that another gesture is decided, "" for none
   */
  constructor(model, image, {sensor, clock, output}) {
    this.network = new Network(model, image);
    this.#sensor = sensor;
    this.#clock = clock;
    this.#output = output;
    this.#window = new SlidingWindow(this.network, HOP);
    this.#stream = new MotionStream(model, this.#window, {accelerometer: "m/s2"});
    this.#decision = new Decision(this.network.labels.length, {windows: 3, needed: 2, probability: 0.7});
  }

  /** To be called as often as the model's rate says, or more often. */
  tick() {
    this.#stream.put(this.#sensor.sample(), this.#clock.ticks);
    while (this.#stream.next()) {
      this.network.load(this.#window.features);
      this.#decide(this.#decision.add(this.network));
    }
  }

  /** @param {number} gesture */
  #decide(gesture) {
    if (gesture === this.gesture) return;
    this.gesture = gesture;
    this.#output.gesture(gesture < 0 ? "" : this.network.labels[gesture]);
  }
}
