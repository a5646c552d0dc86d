/** What a storage throws from the moment on in which the power fails. */
export class PowerCut extends Error {
  constructor() {
    super("the power is off");
  }
}

/**
 * The power of a board's storages. It counts every write and erase, and can fail after any of them or in the midst of one:
 * then some of its bytes are changed, the others not. While it is off every call throws.
 *
 * A storage calls begin() before it changes anything, changes as many units as that says, and calls end().
 */
export class Power {
  /** Writes and erases begun since the start. */
  operations = 0;
  #cutAt = Infinity;
  #unitsLeft = Infinity;
  #isOn = true;

  get isOn(): boolean {
    return this.#isOn;
  }

  /**
   * @param operation which of the writes and erases to come, 0 for the next one
   * @param units how many of its bytes are changed before the power fails; all of them when left out
   */
  cutDuring(operation: number, units = Infinity): void {
    this.#cutAt = this.operations + operation;
    this.#unitsLeft = units;
  }

  /** The power is back, and stays until the next cutDuring(). */
  restore(): void {
    this.#isOn = true;
    this.#cutAt = Infinity;
    this.#unitsLeft = Infinity;
  }

  /**
   * @param units bytes that are to be changed
   * @returns how many of them are
   * @throws PowerCut while the power is off
   */
  begin(units: number): number {
    this.check();
    if (this.operations++ !== this.#cutAt) return units;
    this.#isOn = false;
    return Math.min(units, this.#unitsLeft);
  }

  /** @throws PowerCut when the power failed during the operation */
  end(): void {
    this.check();
  }

  /** @throws PowerCut while the power is off */
  check(): void {
    if (!this.#isOn) throw new PowerCut();
  }
}
