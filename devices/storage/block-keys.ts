import {checkWhole} from "../../runtime/check-option.js";
import {InputError} from "../../runtime/input-error.js";

/** How two slots lie in a storage of keys and values: each block under a key of its own, its header under one more. */
export interface KeyOptions {
  /** What all keys begin with, up to 10 letters; "gnl" when left out. */
  readonly name?: string | undefined;
  /**
   * Bytes of a value at most, a multiple of 4 from 52; 60 when left out, which every board takes. A larger one, where the
   * board does (ESP32: up to 4000), makes fewer keys and a larger buffer.
   */
  readonly valueBytes?: number | undefined;
  /**
   * Bytes that there are for all keys of both slots, to be told at once when they are too few: at most 4092 on ESP8266,
   * Pico and nRF52, less what the app keeps there itself. Not looked at when left out.
   */
  readonly totalBytes?: number | undefined;
}

/** Names of the keys, such as "gnla" for slot 0's header and "gnla0", "gnla1", ... "gnlaz", "gnla10" for its body. */
export class BlockKeys {
  readonly blockBytes: number;
  readonly #name: string;
  readonly #totalBytes: number;

  /** @throws InputError for an option out of its range */
  constructor({name = "gnl", valueBytes = 60, totalBytes = Infinity}: KeyOptions) {
    checkWhole("valueBytes", valueBytes);
    if (valueBytes % 4 !== 0 || valueBytes < 52) {
      const expected = "a multiple of 4 from 52 up";
      throw new InputError("valueBytes", expected, `${valueBytes}`, "Change the option.");
    }
    // With a slot's letter and up to 4 digits it stays within the 15 characters of an ESP32.
    if (typeof name !== "string" || name.length < 1 || name.length > 10)
      throw new InputError("name", "1 to 10 letters", `${name}`, "Change the option.");
    if (totalBytes !== Infinity) checkWhole("totalBytes", totalBytes);
    this.#name = name;
    this.#totalBytes = totalBytes;
    this.blockBytes = valueBytes;
  }

  /**
   * A record is its domain and its key with a zero each, a type, a length of 2 bytes and the value, up to whole words.
   * @throws InputError when two slots are larger than `totalBytes`
   */
  checkRoom(domain: string, bodyBytes: number, headerBytes: number): void {
    const beside = domain.length + 1 + this.#name.length + 6 + 3;
    const records = Math.ceil(bodyBytes / this.blockBytes) + 1;
    const slotBytes = bodyBytes + headerBytes + records * beside;
    if (2 * slotBytes <= this.#totalBytes) return;
    const remedy = "Leave the optimizer's state out, let fewer layers learn, or take another storage.";
    throw new InputError(
      "storage: two slots",
      `at most ${this.#totalBytes} bytes`,
      `${2 * slotBytes}`,
      remedy,
    );
  }

  ofHeader(slot: number): string {
    return this.#name + (slot === 0 ? "a" : "b");
  }

  ofBlock(slot: number, index: number): string {
    return this.ofHeader(slot) + index.toString(36);
  }
}
