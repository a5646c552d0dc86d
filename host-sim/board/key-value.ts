import type {ByteRecords} from "./byte-records.js";
import {nativeBytes} from "./native-bytes.js";

/**
 * Stands in for a storage that `embedded:storage/key-value` opened with format "buffer" (ECMA-419). As strict as Moddable's:
 * a value is a native buffer, a read gives a new ArrayBuffer (one to be filled is not looked at), names and values are as
 * long as the records below allow.
 */
export class KeyValueDouble {
  readonly #records: ByteRecords;
  readonly #path: string;

  /** @param path the domain, what `open({path})` is told */
  constructor(records: ByteRecords, path: string) {
    this.#records = records;
    this.#path = path;
  }

  read(key: string): ArrayBuffer | undefined {
    return this.#records.get("key-value", this.#path, key)?.buffer as ArrayBuffer | undefined;
  }

  write(key: string, value: unknown): void {
    this.#records.set("key-value", this.#path, key, nativeBytes(value));
  }

  delete(key: string): void {
    this.#records.delete("key-value", this.#path, key);
  }
}
