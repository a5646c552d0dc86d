import {checkOptionNames} from "ganglion/check-option";
import {InputError} from "ganglion/input-error";
import {BlockKeys, type KeyOptions} from "./block-keys.js";
import {checkMethods} from "./check-methods.js";
import {copyValue} from "./key-value-slots.js";
import type {SlotStorage} from "./slot-storage.js";

/** What is called of Moddable's module `preference`. */
export interface PreferenceModule {
  get(domain: string, key: string): unknown;
  /** Takes an ArrayBuffer and no view of one. */
  set(domain: string, key: string, value: ArrayBuffer): void;
  delete(domain: string, key: string): void;
}

export interface PreferenceOptions extends KeyOptions {
  /** Up to 15 letters, the slots' alone, and best short; "gnl" when left out. */
  readonly domain?: string | undefined;
}

/**
 * Two slots in Moddable's preferences:
 *
 *     import Preference from "preference";
 *     const slots = new PreferenceSlots(Preference);
 *
 * ESP8266, Pico and nRF52 keep all preferences of all domains in 4 KB of flash, and read only 61 bytes of a value.
 */
export class PreferenceSlots implements SlotStorage {
  readonly blockBytes: number;
  readonly #preference: PreferenceModule;
  readonly #domain: string;
  readonly #keys: BlockKeys;

  /** @throws InputError for what is no such module, and for an option that is unknown or out of its range */
  constructor(preference: PreferenceModule, options: PreferenceOptions = {}) {
    checkOptionNames(options, OPTIONS);
    const remedy = 'Hand in what import Preference from "preference" gives.';
    checkMethods("preference", preference, ["get", "set", "delete"], remedy);
    const {domain = "gnl"} = options;
    if (typeof domain !== "string" || domain.length < 1 || domain.length > 15)
      throw new InputError("domain", "1 to 15 letters", `${domain}`, "Change the option.");
    this.#keys = new BlockKeys(options);
    this.#preference = preference;
    this.#domain = domain;
    this.blockBytes = this.#keys.blockBytes;
  }

  prepare(bodyBytes: number, headerBytes: number): void {
    this.#keys.checkRoom(this.#domain, bodyBytes, headerBytes);
  }

  begin(slot: number): void {
    this.#preference.delete(this.#domain, this.#keys.ofHeader(slot));
  }

  write(slot: number, index: number, {buffer}: Uint8Array): void {
    this.#preference.set(this.#domain, this.#keys.ofBlock(slot, index), buffer as ArrayBuffer);
  }

  finish(slot: number, {buffer}: Uint8Array): void {
    this.#preference.set(this.#domain, this.#keys.ofHeader(slot), buffer as ArrayBuffer);
  }

  readHeader(slot: number, header: Uint8Array): boolean {
    return copyValue(this.#preference.get(this.#domain, this.#keys.ofHeader(slot)), header);
  }

  read(slot: number, index: number, bytes: Uint8Array): boolean {
    return copyValue(this.#preference.get(this.#domain, this.#keys.ofBlock(slot, index)), bytes);
  }

  erase(slot: number): void {
    const keys = this.#keys;
    this.#preference.delete(this.#domain, keys.ofHeader(slot));
    let count = 0;
    while (this.#preference.get(this.#domain, keys.ofBlock(slot, count)) !== undefined) count++;
    for (let index = count - 1; index >= 0; index--)
      this.#preference.delete(this.#domain, keys.ofBlock(slot, index));
  }
}

const OPTIONS = Object.freeze(["valueBytes", "totalBytes", "domain"]);
