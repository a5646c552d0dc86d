const STANDARD_GRAVITY = 9.80665;

/**
 * An accelerometer that plays windows of recordings from flash, as recordings are too large for a board's RAM. It gives
 * the very same object each time, so that whatever is allocated is not the driver's. Its recordings are in g.
 */
export class FlashSensor {
  readonly #rows: Float32Array;
  readonly #sample = {x: 0, y: 0, z: 0};
  #at = 0;

  constructor(file: ArrayBuffer) {
    this.#rows = new Float32Array(file, 0, file.byteLength / 4);
  }

  /** Plays on from this row, and from the first one again after the last. */
  seek(row: number): void {
    this.#at = 3 * row;
  }

  sample(): {x: number; y: number; z: number} {
    const rows = this.#rows;
    const sample = this.#sample;
    sample.x = rows[this.#at] * STANDARD_GRAVITY;
    sample.y = rows[this.#at + 1] * STANDARD_GRAVITY;
    sample.z = rows[this.#at + 2] * STANDARD_GRAVITY;
    this.#at = this.#at + 3 < rows.length ? this.#at + 3 : 0;
    return sample;
  }
}
