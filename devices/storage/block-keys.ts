import {checkWhole} from "ganglion/check-option";
import {InputError} from "ganglion/input-error";
import {HEADER_BYTES} from "./slot-header.js";

/** How two slots lie in a storage of keys and values: each block under a key of its own, its header under one more. */
export interface KeyOptions {
  /**
   * Bytes of a value at most, a multiple of 4; 52 when left out, which is the least and what every board takes. A larger
   * one, where the board does (ESP32: up to 4000), makes fewer keys and a larger buffer.
   */
  readonly valueBytes?: number | undefined;
  /**
   * Bytes that there are for all keys of both slots, to be told at once when they are too few: at most 4092 on ESP8266,
   * Pico and nRF52, less what the app keeps there itself. Not looked at when left out.
   */
  readonly totalBytes?: number | undefined;
}

/**
 * Names of the keys: "a" for slot 0's header and "a0", "a1", ... "az", "a10" for its body; "b" likewise. They are short,
 * as ESP8266, Pico and nRF52 take a record of up to 64 bytes away in one write: domain and key with a zero each, a type, a
 * length of 2 bytes, the value.
 */
export class BlockKeys {
  readonly blockBytes: number;
  readonly #totalBytes: number;

  /** @throws InputError for an option out of its range */
  constructor({valueBytes = HEADER_BYTES, totalBytes}: KeyOptions) {
    checkWhole("valueBytes", valueBytes);
    if (valueBytes % 4 !== 0 || valueBytes < HEADER_BYTES) {
      const expected = `a multiple of 4 from ${HEADER_BYTES} up`;
      throw new InputError("valueBytes", expected, `${valueBytes}`, "Change the option.");
    }
    if (totalBytes !== undefined) checkWhole("totalBytes", totalBytes);
    this.#totalBytes = totalBytes ?? Infinity;
    this.blockBytes = valueBytes;
  }

  /** @throws InputError when two slots, each record in whole words, are larger than `totalBytes` */
  checkRoom(domain: string, bodyBytes: number, headerBytes: number): void {
    let slotBytes = recordBytes(domain, this.ofHeader(0), headerBytes);
    for (let at = 0, index = 0; at < bodyBytes; at += this.blockBytes, index++)
      slotBytes += recordBytes(domain, this.ofBlock(0, index), Math.min(this.blockBytes, bodyBytes - at));
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
    return slot === 0 ? "a" : "b";
  }

  ofBlock(slot: number, index: number): string {
    return this.ofHeader(slot) + index.toString(36);
  }
}

function recordBytes(domain: string, key: string, valueBytes: number): number {
  return (domain.length + 1 + key.length + 1 + 3 + valueBytes + 3) & ~3;
}
