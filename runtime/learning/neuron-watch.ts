import type {Step} from "../ops/operator.js";

/**
 * Finds dead neurons: those whose rectifier gave 0 for every example since the watch began, so that no gradient reaches
 * them. One bit a neuron, set when it was above 0 once. Dropout counts as 0 too.
 */
export class NeuronWatch {
  /** Neurons that are watched. */
  readonly neurons: number;
  /** Examples seen since the watch began. */
  examples = 0;
  readonly #steps: readonly Step[];
  readonly #firstLearning: number;
  readonly #words: Int32Array;
  readonly #at: number;

  /**
   * @param steps the network's
   * @param firstLearning steps from this one on are watched
   * @param words the arena
   * @param at where in it as many words as watchSize says are free
   */
  constructor(steps: readonly Step[], firstLearning: number, words: Int32Array, at: number) {
    this.#steps = steps;
    this.#firstLearning = firstLearning;
    this.#words = words;
    this.#at = at;
    this.neurons = watchedNeurons(steps, firstLearning);
  }

  /** Notes which neurons are above 0 now. */
  look(): void {
    let neuron = 0;
    this.examples++;
    for (let k = this.#firstLearning; k < this.#steps.length; k++) {
      const {arena, outputAt, outputSize} = this.#steps[k];
      if (!canDie(this.#steps, k)) continue;
      for (let j = 0; j < outputSize; j++, neuron++) {
        if (arena[outputAt + j] > 0) this.#words[this.#at + (neuron >> 5)] |= 1 << (neuron & 31);
      }
    }
  }

  /** @returns how many neurons were never above 0; 0 before any example, which tells nothing */
  countDead(): number {
    let dead = 0;
    if (this.examples === 0) return dead;
    for (let neuron = 0; neuron < this.neurons; neuron++) if (this.#isDead(neuron)) dead++;
    return dead;
  }

  /**
   * Adds `nudge` to the biases of the dead neurons and begins the watch anew. For the learner's reviveNeurons, which
   * checks.
   * @returns how many they were; 0 before any example
   */
  nudgeDead(nudge: number): number {
    let neuron = 0;
    let revived = 0;
    if (this.examples === 0) return revived;
    for (let k = this.#firstLearning; k < this.#steps.length; k++) {
      const {outputSize} = this.#steps[k];
      if (!canDie(this.#steps, k)) continue;
      const {arena, parametersAt, inputSize} = this.#steps[k - 1];
      for (let j = 0; j < outputSize; j++, neuron++) {
        if (!this.#isDead(neuron)) continue;
        arena[parametersAt + inputSize * outputSize + j] += nudge;
        revived++;
      }
    }
    this.reset();
    return revived;
  }

  /** Begins the watch anew. */
  reset(): void {
    this.examples = 0;
    this.#words.fill(0, this.#at, this.#at + ((this.neurons + 31) >>> 5));
  }

  #isDead(neuron: number): boolean {
    return ((this.#words[this.#at + (neuron >> 5)] >>> (neuron & 31)) & 1) === 0;
  }
}

/** @returns how many neurons can die among the steps from `firstLearning` on */
export function watchedNeurons(steps: readonly Neurons[], firstLearning: number): number {
  let neurons = 0;
  for (let k = firstLearning; k < steps.length; k++) if (canDie(steps, k)) neurons += steps[k].outputSize;
  return neurons;
}

type Neurons = Pick<Step, "operator" | "outputSize">;

/** A rectifier that directly follows a layer, in whose biases its neurons can be revived. */
function canDie(steps: readonly Neurons[], k: number): boolean {
  return k > 0 && steps[k].operator.canDie === true && steps[k - 1].operator.weightCount !== undefined;
}
