import {checkOption, checkOptionNames} from "../check-option.js";
import type {Schedule} from "./schedule.js";

/**
 * Inverse time decay: factor = 1 / (1 + decay * step). Half the rate after 1 / decay updates, a third after twice as many
 * (H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951: such rates let steps end, and still reach
 * anywhere).
 */
export class InverseTime implements Schedule {
  readonly name = "inverse-time";
  readonly #decay: number;

  /** @param options.decay a number above 0, an update's share of the slowing down
   * @throws InputError for any other */
  constructor(options: {decay: number}) {
    checkOptionNames(options, ["decay"]);
    checkOption("decay", options.decay, 0, Infinity);
    this.#decay = options.decay;
  }

  factorAt(step: number): number {
    return 1 / (1 + this.#decay * step);
  }
}
