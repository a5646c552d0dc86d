import type {Random} from "../../runtime/random.js";

/**
 * Puts indices into a random order, in place: R. A. Fisher and F. Yates' shuffle, in the form of R. Durstenfeld
 * (Communications of the ACM 7(7), 1964).
 */
export function shuffle(order: number[], random: Random): void {
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    const held = order[k];
    order[k] = order[other];
    order[other] = held;
  }
}
