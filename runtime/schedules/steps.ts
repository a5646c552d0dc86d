import {checkOption, checkOptionNames, checkWhole} from "../check-option.js";
import type {Schedule} from "./schedule.js";

/** Decay by steps: factor = drop^floor(step / every), as a product in that many steps. */
export class Steps implements Schedule {
  readonly name = "steps";
  readonly #every: number;
  readonly #drop: number;
  /** The last factor that was asked for, and of how many drops it is the product: the next one follows from it. */
  #factor = 1;
  #drops = 0;

  /** @param options every: updates between two drops, a whole number from 1; drop: within (0, 1), 0.5 when not given
   * @throws InputError naming the option that is out of its range */
  constructor(options: {every: number; drop?: number | undefined}) {
    checkOptionNames(options, ["every", "drop"]);
    const {every, drop = 0.5} = options;
    checkWhole("every", every);
    checkOption("drop", drop, 0, 1);
    this.#every = every;
    this.#drop = drop;
  }

  factorAt(step: number): number {
    const drops = Math.floor(step / this.#every);
    if (drops < this.#drops) {
      this.#factor = 1;
      this.#drops = 0;
    }
    for (; this.#drops < drops; this.#drops++) this.#factor *= this.#drop;
    return this.#factor;
  }
}
