import {MAXIMUM_ARENA} from "../../runtime/image/plan.js";
import {InputError} from "../../runtime/input-error.js";

/** Nodes in a file that is still looked at: the largest program has as many operators. */
const MOST_NODES = 512;

/**
 * How many numbers a file may make this computer keep, however often it names the same tensor: as many as the largest
 * arena holds, 16,777,216.
 */
export class Budget {
  readonly #place: string;
  #left = MAXIMUM_ARENA;

  /** @param place what to call the file in messages */
  constructor(place: string) {
    this.#place = place;
  }

  /** @param count numbers that are to be kept; @throws InputError when they are too many with those before */
  take(count: number): void {
    if (count <= this.#left) {
      this.#left -= count;
      return;
    }
    const remedy = "No microcontroller holds such a network; take a smaller one.";
    throw new InputError(this.#place, `at most ${MAXIMUM_ARENA} numbers in all weights`, "more", remedy);
  }

  /** @throws InputError for more nodes than the largest program has */
  checkNodes(count: number): void {
    if (count <= MOST_NODES) return;
    const remedy = "No microcontroller holds such a network; take a smaller one.";
    throw new InputError(this.#place, `at most ${MOST_NODES} nodes`, `${count}`, remedy);
  }
}
