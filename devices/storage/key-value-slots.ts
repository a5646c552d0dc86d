import {checkOptionNames} from "ganglion/check-option";
import {BlockKeys, type KeyOptions} from "./block-keys.js";
import {checkMethods} from "./check-methods.js";
import type {SlotStorage} from "./slot-storage.js";

/** What is called of a storage that `embedded:storage/key-value` opened (ECMA-419), with format "buffer". */
export interface KeyValueStorage {
  /** @returns the value's bytes; undefined when there is none. */
  read(key: string): unknown;
  write(key: string, value: Uint8Array): void;
  delete(key: string): void;
}

/**
 * Two slots in ECMA-419's key-value storage:
 *
 *     import KeyValue from "embedded:storage/key-value";
 *     const slots = new KeyValueSlots(KeyValue.open({path: "gnl", format: "buffer"}));
 *
 * All keys of the path are the slots'; give a second learner another path. A short one is best (see BlockKeys).
 */
export class KeyValueSlots implements SlotStorage {
  readonly blockBytes: number;
  readonly #storage: KeyValueStorage;
  readonly #keys: BlockKeys;

  /** @throws InputError for what is no storage, and for an option that is unknown or out of its range */
  constructor(storage: KeyValueStorage, options: KeyOptions = {}) {
    checkOptionNames(options, OPTIONS);
    const remedy = 'Hand in what KeyValue.open({path, format: "buffer"}) gives.';
    checkMethods("storage", storage, ["read", "write", "delete"], remedy);
    this.#keys = new BlockKeys(options);
    this.#storage = storage;
    this.blockBytes = this.#keys.blockBytes;
  }

  prepare(bodyBytes: number, headerBytes: number): void {
    this.#keys.checkRoom(DOMAIN, bodyBytes, headerBytes);
  }

  begin(slot: number): void {
    this.#storage.delete(this.#keys.ofHeader(slot));
  }

  write(slot: number, index: number, bytes: Uint8Array): void {
    this.#storage.write(this.#keys.ofBlock(slot, index), bytes);
  }

  finish(slot: number, header: Uint8Array): void {
    this.#storage.write(this.#keys.ofHeader(slot), header);
  }

  readHeader(slot: number, header: Uint8Array): boolean {
    return copyValue(this.#storage.read(this.#keys.ofHeader(slot)), header);
  }

  read(slot: number, index: number, bytes: Uint8Array): boolean {
    return copyValue(this.#storage.read(this.#keys.ofBlock(slot, index)), bytes);
  }

  erase(slot: number): void {
    const keys = this.#keys;
    this.#storage.delete(keys.ofHeader(slot));
    let count = 0;
    while (this.#storage.read(keys.ofBlock(slot, count)) !== undefined) count++;
    // From the last one down: after a power cut the next time finds all that are left.
    for (let index = count - 1; index >= 0; index--) this.#storage.delete(keys.ofBlock(slot, index));
  }
}

/** @returns false for a value that isn't an ArrayBuffer of the same length */
export function copyValue(value: unknown, bytes: Uint8Array): boolean {
  if (!(value instanceof ArrayBuffer) || value.byteLength !== bytes.length) return false;
  bytes.set(new Uint8Array(value));
  return true;
}

const OPTIONS = Object.freeze(["valueBytes", "totalBytes"]);

/** What the storage was opened with can't be seen: this is what the example says. */
const DOMAIN = "gnl";
