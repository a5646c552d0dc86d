import type {ByteRecords, RecordKind} from "./byte-records.js";
import type {Power} from "./power.js";

export interface NvsLimits {
  readonly nameCharacters: number;
  readonly valueBytes: number;
  /** Bytes of all values; Infinity when left out. */
  readonly totalBytes?: number | undefined;
}

/**
 * Stands in for Espressif's non-volatile storage, which an ESP32 keeps preferences and keys in. It promises that a value
 * is replaced whole or not at all (ESP-IDF Programming Guide, Non-Volatile Storage Library), so a power cut in the midst
 * of a write leaves the old value. Preferences take the old value away first, as Moddable's do on an ESP32: two
 * operations, and a moment with no value.
 */
export class Nvs implements ByteRecords {
  readonly #power: Power;
  readonly #limits: NvsLimits;
  /** Domain and key, with a zero between. */
  readonly values = new Map<string, Uint8Array>();

  constructor(power: Power, limits: NvsLimits) {
    this.#power = power;
    this.#limits = limits;
  }

  get(_kind: RecordKind, domain: string, key: string): Uint8Array | undefined {
    this.#power.check();
    return this.values.get(this.#nameOf(domain, key))?.slice();
  }

  set(kind: RecordKind, domain: string, key: string, value: Uint8Array): void {
    const name = this.#nameOf(domain, key);
    if (value.length > this.#limits.valueBytes) throw new Error("ESP_ERR_NVS_VALUE_TOO_LONG");
    if (kind === "preference") this.delete(kind, domain, key);
    let total = value.length;
    for (const [other, {length}] of this.values) if (other !== name) total += length;
    if (total > (this.#limits.totalBytes ?? Infinity)) throw new Error("ESP_ERR_NVS_NOT_ENOUGH_SPACE");
    if (this.#power.begin(value.length) === value.length) this.values.set(name, value.slice());
    this.#power.end();
  }

  delete(_kind: RecordKind, domain: string, key: string): void {
    const name = this.#nameOf(domain, key);
    this.#power.check();
    if (!this.values.has(name)) return;
    if (this.#power.begin(1) === 1) this.values.delete(name);
    this.#power.end();
  }

  #nameOf(domain: string, key: string): string {
    const {nameCharacters} = this.#limits;
    if (domain.length === 0 || key.length === 0) throw new Error("ESP_ERR_NVS_INVALID_NAME");
    if (domain.length > nameCharacters || key.length > nameCharacters)
      throw new Error("ESP_ERR_NVS_KEY_TOO_LONG");
    return `${domain}\0${key}`;
  }
}
