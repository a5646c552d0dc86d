/** When to give up hope that the validation loss falls further. */
export interface EarlyStoppingOptions {
  /** Epochs without a fall after which training ends, from 1. */
  readonly patience: number;
  /** A loss counts as fallen when it lies below the lowest so far by more than this, from 0. */
  readonly minimumDelta: number;
}

/**
 * Early stopping on the validation loss: I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning" (2016), algorithm
 * 7.1, measured after every epoch.
 */
export class EarlyStopping {
  readonly #patience: number;
  readonly #minimumDelta: number;
  #lowest = Number.POSITIVE_INFINITY;
  #waited = 0;

  constructor({patience, minimumDelta}: EarlyStoppingOptions) {
    this.#patience = patience;
    this.#minimumDelta = minimumDelta;
  }

  /** @param loss of one more epoch, NaN when it went wrong; @returns whether training should end here */
  shouldStop(loss: number): boolean {
    if (loss < this.#lowest - this.#minimumDelta) {
      this.#lowest = loss;
      this.#waited = 0;
    } else this.#waited++;
    return this.#waited >= this.#patience;
  }
}
