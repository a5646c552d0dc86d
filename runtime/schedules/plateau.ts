import {checkOption, checkOptionNames, checkWhole} from "../check-option.js";
import type {Schedule} from "./schedule.js";

/**
 * Halves the rate when a loss has stopped falling. The program says how large the loss is, as of a validation after each
 * epoch; `patience` times in a row without a new lowest one, and the factor is multiplied by `drop`.
 */
export class Plateau implements Schedule {
  readonly name = "plateau";
  readonly #patience: number;
  readonly #drop: number;
  #factor = 1;
  #lowest = Infinity;
  #waited = 0;

  /** @param options patience: a whole number from 1 (5); drop: within (0, 1), 0.5 when not given
   * @throws InputError naming the option that is out of its range */
  constructor(options: {patience?: number | undefined; drop?: number | undefined} = {}) {
    checkOptionNames(options, ["patience", "drop"]);
    const {patience = 5, drop = 0.5} = options;
    checkWhole("patience", patience);
    checkOption("drop", drop, 0, 1);
    this.#patience = patience;
    this.#drop = drop;
  }

  /** Takes a loss; one that isn't a number counts as no improvement. */
  report(loss: number): void {
    if (loss < this.#lowest) {
      this.#lowest = loss;
      this.#waited = 0;
      return;
    }
    this.#waited++;
    if (this.#waited < this.#patience) return;
    this.#factor *= this.#drop;
    this.#waited = 0;
  }

  reset(): void {
    this.#factor = 1;
    this.#lowest = Infinity;
    this.#waited = 0;
  }

  get progressSize(): number {
    return 3;
  }

  writeProgress(numbers: Float64Array, at: number): void {
    numbers[at] = this.#factor;
    numbers[at + 1] = this.#lowest;
    numbers[at + 2] = this.#waited;
  }

  readProgress(numbers: Float64Array, at: number): void {
    this.#factor = numbers[at];
    this.#lowest = numbers[at + 1];
    this.#waited = numbers[at + 2];
  }

  factorAt(): number {
    return this.#factor;
  }
}
