import {log} from "./numbers/log.js";

/**
 * Seeded random numbers, the same on every engine: xorshift32 with shifts 13, 17, 5 (G. Marsaglia, "Xorshift RNGs",
 * Journal of Statistical Software 8(14), 2003). Period 2^32 - 1; for shuffling, dropout and starting weights,
 * never for secrets. Drawing allocates nothing.
 */
export class Random {
  #state = 1;

  /** @param seed an integer; taken modulo 2^32; each of these gives another sequence, but for one pair */
  constructor(seed: number) {
    this.seed(seed);
  }

  /** Where the sequence stands, for another Random to go on from: a whole number of 32 bits, never 0. */
  get state(): number {
    return this.#state;
  }

  set state(state: number) {
    this.#state = state;
  }

  /** Begins anew, with the sequence of this seed. */
  seed(seed: number): void {
    // One multiplicative hash spreads neighbouring seeds; the state must not be 0, which xorshift never leaves.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0 || 1;
    this.#next();
    this.#next();
  }

  /** @returns a number in [0, 1), a multiple of 2^-24 so that float32 holds it exactly */
  uniform(): number {
    return (this.#next() >>> 8) * 5.9604644775390625e-8; // 2^-24
  }

  /** @returns an integer in [0, n); @param n 1 to 2^24 */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** @returns a number from the standard normal distribution, by Marsaglia's polar method (SIAM Review 6, 1964) */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
    }
  }

  #next(): number {
    let s = this.#state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.#state = s;
    return s;
  }
}
