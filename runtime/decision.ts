import {checkOptionNames, checkWhole} from "./check-option.js";
import {InputError} from "./input-error.js";
import type {Network} from "./network.js";

/** When a decision is made. */
export interface DecisionOptions {
  /** How many of the last windows count, 1 to 255; 3 when left out. */
  readonly windows?: number | undefined;
  /** How many of them must say the same, more than half; the fewest that are when left out. */
  readonly needed?: number | undefined;
  /** Below this probability a window says nothing, 0 to 1; 0.5 when left out. */
  readonly probability?: number | undefined;
}

/**
 * Decides from several windows, so that one that is unlike its neighbours or that the network is unsure of changes
 * nothing. Nothing allocates after construction.
 *
 *     if (window.add()) {
 *       const label = decision.add(network);
 *       if (label >= 0) trace(network.labels[label], "\n");
 *     }
 */
export class Decision {
  readonly windows: number;
  readonly needed: number;
  readonly probability: number;
  /** For each of the last windows 1 + its label, 0 for none. */
  readonly #said: Uint16Array;
  /** For each 1 + label, how many of the last windows said it. */
  readonly #counts: Uint8Array;
  #at = 0;

  /**
   * @param classes how many labels there are to decide between
   * @throws InputError naming the option that is unknown or out of its range
   */
  constructor(classes: number, options: DecisionOptions = {}) {
    checkOptionNames(options, OPTIONS);
    const {windows = 3, needed = Math.floor(windows / 2) + 1, probability = 0.5} = options;
    checkWhole("classes", classes);
    if (classes > MOST_CLASSES) refuse("classes", `at most ${MOST_CLASSES}`, classes);
    checkWhole("windows", windows);
    if (windows > MOST_WINDOWS) refuse("windows", `at most ${MOST_WINDOWS}`, windows);
    checkWhole("needed", needed);
    if (needed > windows || 2 * needed <= windows)
      refuse("needed", `more than half of ${windows} windows, and at most all`, needed);
    if (!(typeof probability === "number" && probability >= 0 && probability <= 1))
      refuse("probability", "a number from 0 to 1", probability);
    this.windows = windows;
    this.needed = needed;
    this.probability = probability;
    this.#said = new Uint16Array(windows);
    this.#counts = new Uint8Array(classes + 1);
    this.clear();
  }

  /**
   * Classifies what stands in the network's input.
   * @returns as take() does
   */
  add(network: Network): number {
    const label = network.classify();
    if (label < 0) return this.take(-1, 0);
    const {output} = network;
    // A single output is the probability of the second label.
    const probability = output.length === 1 ? (label === 1 ? output[0] : 1 - output[0]) : output[label];
    return this.take(label, probability);
  }

  /**
   * Takes what one window says.
   * @param label index of its label; one that isn't below `classes` says nothing, as -1
   * @param probability how sure that is, 0 to 1
   * @returns the index of the label that enough of the last windows say, else -1
   */
  take(label: number, probability: number): number {
    const said = this.#said;
    const counts = this.#counts;
    const at = this.#at;
    counts[said[at]]--;
    const own = probability >= this.probability && label >= 0 && label < counts.length - 1 ? label + 1 : 0;
    said[at] = own;
    counts[own]++;
    this.#at = at + 1 < said.length ? at + 1 : 0;
    for (let k = 1; k < counts.length; k++) if (counts[k] >= this.needed) return k - 1;
    return -1;
  }

  /** Forgets the windows so far. */
  clear(): void {
    this.#said.fill(0);
    this.#counts.fill(0);
    this.#counts[0] = this.windows;
  }
}

const OPTIONS = Object.freeze(["windows", "needed", "probability"]);
const MOST_WINDOWS = 255;
const MOST_CLASSES = 65_534;

function refuse(option: string, expected: string, found: unknown): never {
  throw new InputError(option, expected, `${found}`, "Change the option.");
}
