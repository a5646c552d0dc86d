import {RECOMPILE, refuse} from "./open.js";
import type {Plan} from "./plan.js";

/** Checks the places that an image gives to buffers, and finds out how large an arena they really need. */
export class Places {
  readonly #arenaSize: number;
  /** Parameters that learn, gradients and states come first; nothing else may lie on them. */
  readonly #first: number;
  #end: number;

  constructor({arenaSize, parametersAt, learned, gradients, states}: Plan) {
    this.#arenaSize = arenaSize;
    this.#first = parametersAt + learned * (1 + gradients + states);
    this.#end = this.#first;
  }

  /** @throws InputError unless `size` numbers from `at` lie in the arena, behind the parameters */
  check(field: string, at: number, size: number): void {
    if (size < 1 || at < this.#first || at + size > this.#arenaSize) {
      refuse(field, `${size} numbers within ${this.#first} to ${this.#arenaSize}`, `offset ${at}`, RECOMPILE);
    }
    if (at + size > this.#end) this.#end = at + size;
  }

  /** @throws InputError when the arena is larger than all that was checked needs: no image may take memory for nothing */
  checkEnd(): void {
    if (this.#end !== this.#arenaSize) {
      refuse("plan: arena", `${this.#end} numbers, which its buffers need`, this.#arenaSize, RECOMPILE);
    }
  }
}
