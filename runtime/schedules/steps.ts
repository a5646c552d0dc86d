import {InputError} from "../input-error.js";
import type {Schedule} from "../learning/schedule.js";
import {checkOption, checkOptionNames} from "../optimizers/optimizer.js";

/** Decay by steps: factor = drop^floor(step / every), as a product in that many steps. */
export class Steps implements Schedule {
  readonly name = "steps";
  readonly #every: number;
  readonly #drop: number;

  /** @param options every: updates between two drops, a whole number from 1; drop: within (0, 1), 0.5 when not given
   * @throws InputError naming the option that is out of its range */
  constructor(options: {every: number; drop?: number | undefined}) {
    checkOptionNames(options, ["every", "drop"]);
    const {every, drop = 0.5} = options;
    if (!Number.isInteger(every) || every < 1)
      throw new InputError("every", "a whole number from 1", `${every}`, "Change the option.");
    checkOption("drop", drop, 0, 1);
    this.#every = every;
    this.#drop = drop;
  }

  factorAt(step: number): number {
    let factor = 1;
    for (let at = this.#every; at <= step && factor > 0; at += this.#every) factor *= this.#drop;
    return factor;
  }
}
