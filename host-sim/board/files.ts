import {nativeBytes} from "./native-bytes.js";
import type {Power} from "./power.js";

/**
 * Stands in for a directory of `embedded:storage/files` (ECMA-419), with files alone. `isAtomic` is littlefs, as on an
 * ESP32: what is written counts from flush() or close() on, whole or not at all. Without it each write counts at once, and
 * a power cut leaves some bytes of it: the weakest file system that there is.
 *
 * As strict as Moddable's: bytes are native buffers; a file that is open for "r" can't be written, and one for "w" not
 * read; a closed file throws.
 */
export class FilesDouble {
  /** What is on the flash, by path. */
  readonly contents = new Map<string, Uint8Array>();
  readonly #power: Power;
  readonly #isAtomic: boolean;

  constructor(power: Power, isAtomic: boolean) {
    this.#power = power;
    this.#isAtomic = isAtomic;
  }

  /** @param options mode "r" (when left out), "r+", "w", "w+" */
  openFile({path, mode = "r"}: {path: string; mode?: string}): FileDouble {
    this.#power.check();
    if (!["r", "r+", "w", "w+"].includes(mode)) throw new Error("invalid mode");
    if (mode.startsWith("r") && !this.contents.has(path)) throw new Error("no such file");
    const file = new FileDouble(this.contents, path, mode, this.#power, this.#isAtomic);
    if (mode.startsWith("w")) file.truncate();
    return file;
  }

  /** @returns whether there was one */
  delete(path: string): boolean {
    this.#power.check();
    if (!this.contents.has(path)) return false;
    if (this.#power.begin(1) === 1) this.contents.delete(path);
    this.#power.end();
    return true;
  }

  /** Takes the place of a file that is there, in one go. */
  move(from: string, to: string): void {
    const bytes = this.contents.get(from);
    this.#power.check();
    if (bytes === undefined) throw new Error("no such file");
    if (this.#power.begin(1) === 1) {
      this.contents.delete(from);
      this.contents.set(to, bytes);
    }
    this.#power.end();
  }
}

class FileDouble {
  readonly #contents: Map<string, Uint8Array>;
  readonly #path: string;
  readonly #mode: string;
  readonly #power: Power;
  readonly #isAtomic: boolean;
  #bytes: Uint8Array;
  #isChanged = false;
  #isOpen = true;

  constructor(
    contents: Map<string, Uint8Array>,
    path: string,
    mode: string,
    power: Power,
    isAtomic: boolean,
  ) {
    this.#contents = contents;
    this.#path = path;
    this.#mode = mode;
    this.#power = power;
    this.#isAtomic = isAtomic;
    this.#bytes = contents.get(path) ?? new Uint8Array(0);
  }

  /** What opening for "w" does. */
  truncate(): void {
    this.#bytes = new Uint8Array(0);
    this.#isChanged = true;
    if (this.#isAtomic) return;
    if (this.#power.begin(1) === 1) this.#contents.set(this.#path, this.#bytes);
    this.#power.end();
  }

  /** @param target how many bytes, or a buffer to fill @returns the bytes, or how many were filled */
  read(target: number, position: number): ArrayBuffer;
  read(target: unknown, position: number): number;
  read(target: unknown, position: number): ArrayBuffer | number {
    this.#check();
    if (this.#mode === "w") throw new Error("write-only");
    if (typeof target === "number")
      return this.#bytes.slice(position, position + target).buffer as ArrayBuffer;
    const bytes = nativeBytes(target);
    const part = this.#bytes.subarray(position, position + bytes.length);
    bytes.set(part);
    return part.length;
  }

  write(buffer: unknown, position: number): void {
    const bytes = nativeBytes(buffer);
    this.#check();
    if (this.#mode === "r") throw new Error("read-only");
    const done = this.#isAtomic ? bytes.length : this.#power.begin(bytes.length);
    const grown = new Uint8Array(Math.max(this.#bytes.length, position + done));
    grown.set(this.#bytes);
    grown.set(bytes.subarray(0, done), position);
    this.#bytes = grown;
    this.#isChanged = true;
    if (this.#isAtomic) return;
    this.#contents.set(this.#path, grown);
    this.#power.end();
  }

  status(): {size: number} {
    this.#check();
    return {size: this.#bytes.length};
  }

  flush(): void {
    this.#check();
    if (!this.#isAtomic || !this.#isChanged) return;
    const size = this.#bytes.length + 1;
    if (this.#power.begin(size) === size) this.#contents.set(this.#path, this.#bytes);
    this.#isChanged = false;
    this.#power.end();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.flush();
    this.#isOpen = false;
  }

  #check(): void {
    if (!this.#isOpen) throw new Error("closed");
    this.#power.check();
  }
}
