import type {Learner} from "../learner.js";

/**
 * What a learner has learned, as one row of 32-bit words that can be copied out, kept anywhere, and copied in again:
 *
 *     parameters that learn | the optimizer's states | progress as float64
 *
 * `learned`, `learned` times `states` and 2 times `progressSize` words. Parameters alone are the first part. Nothing
 * allocates after construction.
 */
export class LearnerState {
  /** Words in all. */
  readonly words: number;
  /** How many of them, from the first on, are float32 numbers. */
  readonly numbers: number;
  readonly #learner: Learner;
  readonly #learned: number;
  readonly #progress: Float64Array;
  readonly #progressWords: Int32Array;

  /** @param isWhole with all that training goes on from; else parameters alone */
  constructor(learner: Learner, isWhole: boolean) {
    const {learned, states} = learner.network.plan;
    this.#learner = learner;
    this.#learned = learned;
    this.#progress = new Float64Array(isWhole ? learner.progressSize : 0);
    this.#progressWords = new Int32Array(this.#progress.buffer);
    this.numbers = isWhole ? learned * (1 + states) : learned;
    this.words = this.numbers + this.#progressWords.length;
  }

  /** Notes the progress as it is now, for copyOut: the rest is copied from where it lies. */
  noteProgress(): void {
    if (this.#progress.length > 0) this.#learner.writeProgress(this.#progress);
  }

  /** Copies `count` words from word `from` on into `target`, from its first. */
  copyOut(target: Int32Array, from: number, count: number): void {
    const {network} = this.#learner;
    const arena = network.views.words;
    const {numbers} = this;
    const learned = this.#learned;
    const end = from + count;
    let word = from;
    let shift = network.plan.parametersAt;
    for (; word < learned && word < end; word++) target[word - from] = arena[shift + word];
    // Between parameters and states lie the gradients, if there are any.
    shift = network.plan.statesAt - learned;
    for (; word < numbers && word < end; word++) target[word - from] = arena[shift + word];
    const progress = this.#progressWords;
    for (; word < end; word++) target[word - from] = progress[word - numbers];
  }

  /** Takes the words of the progress among `count` words from word `from` on, and none of the arena. */
  copyProgressIn(source: Int32Array, from: number, count: number): void {
    for (let word = from < this.numbers ? this.numbers : from; word < from + count; word++)
      this.#progressWords[word - this.numbers] = source[word - from];
  }

  /** Copies `count` words, from word `from` on, into the arena; the progress among them not. */
  copyArenaIn(source: Int32Array, from: number, count: number): void {
    const {network} = this.#learner;
    const arena = network.views.words;
    const {numbers} = this;
    const learned = this.#learned;
    const end = from + count;
    let word = from;
    let shift = network.plan.parametersAt;
    for (; word < learned && word < end; word++) arena[shift + word] = source[word - from];
    shift = network.plan.statesAt - learned;
    for (; word < numbers && word < end; word++) arena[shift + word] = source[word - from];
  }

  /** @returns whether the progress that copyProgressIn took can be the learner's */
  hasProgress(): boolean {
    return this.#progress.length === 0 || this.#learner.isProgress(this.#progress);
  }

  /** Gives the learner the progress, when all the rest is in the arena. */
  goOn(): void {
    if (this.#progress.length > 0) this.#learner.readProgress(this.#progress);
  }
}
