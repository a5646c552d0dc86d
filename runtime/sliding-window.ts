import {PreprocessingCode} from "./image/format.js";
import {InputError} from "./input-error.js";
import type {Network} from "./network.js";
import {
  axisSize,
  beginningSize,
  headSize,
  joinStatistics,
  noteBeginning,
} from "./preprocessing/join-statistics.js";
import {Statistic, statistics} from "./preprocessing/statistics.js";

/**
 * Windows that overlap: a window's features every `hop` samples, over the last `length` of them. Each stretch of a hop's
 * length is gone through once, and the stretches of a window are joined when it is full; samples are not kept. Its
 * memory is its own, so that samples may come while a learner works on the network. Nothing allocates after construction.
 *
 *     window.sample[0] = x; window.sample[1] = y; window.sample[2] = z;
 *     if (window.add()) {
 *       network.load(window.features);
 *       network.classify();
 *     }
 *
 * Minimum, maximum, their times, all crossings and turning points are those of the window taken whole, to the byte. The
 * other statistics are sums, which are rounded to float32 at other places; they are the same to the byte where a hop is a
 * whole window. meanCrossings can't be joined: they are counted for each window that is open, length / hop of them, at
 * each sample.
 */
export class SlidingWindow {
  /** Write the next sample here, one number an axis, in the units of the training recordings. */
  readonly sample: Float32Array;
  /** The last full window's, not transformed yet: network.load() does so. */
  readonly features: Float32Array;
  /** Samples in a full window, as compiled. */
  readonly length: number;
  /** Samples from the beginning of a window to that of the next. */
  readonly hop: number;
  readonly #memory: Float32Array;
  readonly #axes: number;
  /** The model's statistics, and what of them can be joined. */
  readonly #choice: number;
  readonly #joined: number;
  /** Stretches in a window, and as many windows are open. */
  readonly #stretches: number;
  readonly #sampleAt: number;
  /** The joined state, in the model's own form. */
  readonly #wholeAt: number;
  /** For each stretch its state and its beginning. */
  readonly #stretchAt: number;
  readonly #stretchSize: number;
  readonly #beginningOffset: number;
  /** For each open window its mean crossings; of no size where the model has none. */
  readonly #crossingsAt: number;
  readonly #crossingsSize: number;
  /** Samples in the stretch under way, its place, and how many whole ones are before it, at most all but one. */
  #count = 0;
  #current = 0;
  #before = 0;

  /**
   * @param network its model has a window
   * @param hop a divisor of the window's length, from a 256th to the whole of it; the whole when left out
   * @throws InputError for a network without a window, and for another hop
   */
  constructor({window}: Network, hop = window?.collecting.length ?? 0) {
    if (window === undefined) refuseNetwork();
    const {collector, axes, length, choice} = window.collecting;
    if (collector.code !== PreprocessingCode.statistics) refuseCollector(collector.name);
    if (!(Number.isInteger(hop) && hop >= 1 && length % hop === 0 && length / hop <= MOST_OPEN))
      refuseHop(hop, length);
    this.length = length;
    this.hop = hop;
    this.#axes = axes;
    this.#choice = choice;
    this.#joined = choice & ~Statistic.meanCrossings;
    this.#stretches = length / hop;
    this.#sampleAt = collector.featureCount(axes, choice);
    this.#wholeAt = this.#sampleAt + axes;
    this.#stretchAt = this.#wholeAt + collector.stateSize(axes, choice);
    this.#beginningOffset = collector.stateSize(axes, this.#joined);
    this.#stretchSize = this.#beginningOffset + beginningSize(axes, this.#joined);
    this.#crossingsAt = this.#stretchAt + this.#stretches * this.#stretchSize;
    this.#crossingsSize =
      choice & Statistic.meanCrossings ? collector.stateSize(axes, Statistic.meanCrossings) : 0;
    this.#memory = new Float32Array(this.#crossingsAt + this.#stretches * this.#crossingsSize);
    this.features = this.#memory.subarray(0, this.#sampleAt);
    this.sample = this.#memory.subarray(this.#sampleAt, this.#wholeAt);
  }

  /** Bytes that it takes beside the network's arena. */
  get bytes(): number {
    return this.#memory.byteLength;
  }

  /**
   * Takes what stands in `sample`.
   * @returns true when this filled a window, whose features now stand in `features`
   */
  add(): boolean {
    const memory = this.#memory;
    const axes = this.#axes;
    const joined = this.#joined;
    const at = this.#stretchAt + this.#current * this.#stretchSize;
    statistics.add(memory, this.#sampleAt, at, axes, joined, this.#count);
    noteBeginning(memory, at, at + this.#beginningOffset, axes, joined, this.#count);
    if (this.#crossingsSize > 0) this.#addCrossings();
    this.#count++;
    if (this.#count < this.hop) return false;
    const isFull = this.#before === this.#stretches - 1;
    if (isFull) this.#finish();
    else this.#before++;
    this.#current = this.#next(this.#current);
    this.#count = 0;
    return isFull;
  }

  /** Forgets all samples, as after a gap: the next window is full after `length` of them. */
  clear(): void {
    this.#count = 0;
    this.#before = 0;
  }

  #next(stretch: number): number {
    return stretch + 1 < this.#stretches ? stretch + 1 : 0;
  }

  /** A window is known by the stretch that it began with: that under way and those before it. */
  #addCrossings(): void {
    let stretch = this.#current;
    let count = this.#count;
    for (let k = 0; k <= this.#before; k++) {
      const at = this.#crossingsAt + stretch * this.#crossingsSize;
      statistics.add(this.#memory, this.#sampleAt, at, this.#axes, Statistic.meanCrossings, count);
      stretch = stretch > 0 ? stretch - 1 : this.#stretches - 1;
      count += this.hop;
    }
  }

  #finish(): void {
    const memory = this.#memory;
    const axes = this.#axes;
    const joined = this.#joined;
    const wholeAt = this.#wholeAt;
    const size = this.#stretchSize;
    const first = this.#next(this.#current);
    const firstAt = this.#stretchAt + first * size;
    memory.copyWithin(wholeAt, firstAt, firstAt + this.#beginningOffset);
    let stretch = first;
    for (let k = 1; k < this.#stretches; k++) {
      stretch = this.#next(stretch);
      const at = this.#stretchAt + stretch * size;
      joinStatistics(memory, wholeAt, k * this.hop, at, at + this.#beginningOffset, this.hop, axes, joined);
    }
    if (this.#crossingsSize > 0) this.#insertCrossings(this.#crossingsAt + first * this.#crossingsSize);
    statistics.finish(memory, 0, wholeAt, axes, this.#choice, this.length);
  }

  /** Makes room for mean crossings in the joined state, from the last axis on, and copies those of a window there. */
  #insertCrossings(crossingsAt: number): void {
    const memory = this.#memory;
    const head = headSize(this.#joined);
    const tail = axisSize(this.#joined) - head;
    for (let axis = this.#axes - 1; axis >= 0; axis--) {
      const from = this.#wholeAt + axis * (head + tail);
      const to = this.#wholeAt + axis * (head + tail + 2);
      memory.copyWithin(to + head + 2, from + head, from + head + tail);
      memory.copyWithin(to, from, from + head);
      memory[to + head] = memory[crossingsAt + 4 * axis + 2];
    }
  }
}

/** Windows that may be open at a time, so that an image can't ask for any amount of memory. */
const MOST_OPEN = 256;

function refuseNetwork(): never {
  const remedy = "Describe the model's input by axes, window and statistics, and compile it again.";
  throw new InputError("sliding window: network", "one whose model has a window", "one without", remedy);
}

function refuseCollector(name: string): never {
  throw new InputError("sliding window: features", "statistics", name, "Take network.window.");
}

function refuseHop(hop: number, length: number): never {
  const expected = `a whole number of samples that divides the window of ${length}, into at most ${MOST_OPEN}`;
  throw new InputError("sliding window: hop", expected, `${hop}`, "Change the hop, or the model's window.");
}
