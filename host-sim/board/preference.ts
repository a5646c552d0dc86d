import type {ByteRecords} from "./byte-records.js";

/**
 * Stands in for Moddable's module `preference`, for values of bytes. As strict as that: it takes an ArrayBuffer, no view
 * of one; names and values are as long as the records below allow.
 */
export class PreferenceDouble {
  readonly #records: ByteRecords;

  constructor(records: ByteRecords) {
    this.#records = records;
  }

  set(domain: string, key: string, value: unknown): void {
    if (!(value instanceof ArrayBuffer)) throw new Error("unsupported type");
    this.#records.set("preference", domain, key, new Uint8Array(value));
  }

  get(domain: string, key: string): ArrayBuffer | undefined {
    return this.#records.get("preference", domain, key)?.buffer as ArrayBuffer | undefined;
  }

  delete(domain: string, key: string): void {
    this.#records.delete("preference", domain, key);
  }
}
