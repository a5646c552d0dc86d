import {checkOption, checkOptionNames} from "../check-option.js";
import {exp} from "../numbers/exp.js";
import type {Schedule} from "./schedule.js";

/** Exponential decay: factor = exp(-decay * step). Half the rate each ln 2 / decay updates. */
export class Exponential implements Schedule {
  readonly name = "exponential";
  readonly #decay: number;

  /** @param options.decay a number above 0
   * @throws InputError for any other */
  constructor(options: {decay: number}) {
    checkOptionNames(options, ["decay"]);
    checkOption("decay", options.decay, 0, Infinity);
    this.#decay = options.decay;
  }

  factorAt(step: number): number {
    return exp(-this.#decay * step);
  }
}
