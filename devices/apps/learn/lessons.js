/** Windows that were taught, a ring of them for each gesture: the features alone, as the samples are gone. */
export class Lessons {
  /** How many there are. */
  count = 0;
  #labels;
  #windows;
  #size;
  #features;
  /** Of each label: how many were ever added. */
  #added;
  /** The lessons in the order in which they are learned: label and place in #features. */
  #labelsInOrder;
  #placesInOrder;

  /**
   * @param {number} labels
   * @param {number} windows of each label; the oldest gives way
   * @param {number} size features of a window
   */
  constructor(labels, windows, size) {
    this.#labels = labels;
    this.#windows = windows;
    this.#size = size;
    this.#features = new Float32Array(labels * windows * size);
    this.#added = new Uint32Array(labels);
    this.#labelsInOrder = new Uint16Array(labels * windows);
    this.#placesInOrder = new Uint32Array(labels * windows);
  }

  /**
   * @param {number} label
   * @param {Float32Array} features
   */
  add(label, features) {
    const place = (label * this.#windows + (this.#added[label] % this.#windows)) * this.#size;
    for (let k = 0; k < this.#size; k++) this.#features[place + k] = features[k];
    this.#added[label]++;
    this.#order();
  }

  /** @param {number} lesson 0 to count - 1 */
  labelOf(lesson) {
    return this.#labelsInOrder[lesson];
  }

  /**
   * Gives a network the features of a lesson, as network.load() would.
   * @param {number} lesson 0 to count - 1
   * @param {import("ganglion/network").Network} network
   */
  load(lesson, network) {
    const {input} = network;
    const place = this.#placesInOrder[lesson];
    for (let k = 0; k < this.#size; k++) input[k] = this.#features[place + k];
    network.transform();
  }

  clear() {
    this.#added.fill(0);
    this.count = 0;
  }

  /** A turn of one window a label, then the next turn: else the label learned last would crowd out the others. */
  #order() {
    this.count = 0;
    for (let turn = 0; turn < this.#windows; turn++) {
      for (let label = 0; label < this.#labels; label++) {
        if (turn >= this.#added[label]) continue;
        this.#labelsInOrder[this.count] = label;
        this.#placesInOrder[this.count] = (label * this.#windows + turn) * this.#size;
        this.count++;
      }
    }
  }
}
