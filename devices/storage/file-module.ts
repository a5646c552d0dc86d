import {InputError} from "ganglion/input-error";
import {checkMethods} from "./check-methods.js";
import type {FilesDirectory, StoredFile} from "./file-slots.js";

/** What is called of an instance of class File of Moddable's module `file`. */
export interface ModuleFile {
  readonly length: number;
  position: number;
  read(type: ArrayBufferConstructor, count: number): ArrayBuffer;
  write(bytes: Uint8Array): void;
  close(): void;
}

/** What is called of the class itself. */
export interface ModuleFileClass {
  /** Throws when a file to be read isn't there. What is there stays when it is opened to be written. */
  new (path: string, write?: boolean): ModuleFile;
  delete(path: string): unknown;
  exists(path: string): boolean;
}

/**
 * Lets FileSlots work with Moddable's older module `file`, on littlefs: what Pico, nRF52 and ESP8266 have in the place of
 * `embedded:storage/files`. Include `$(MODDABLE)/modules/files/file/manifest_littlefs.json` in the app's manifest.
 *
 *     import {File} from "file";
 *     import config from "mc/config";
 *     const slots = new FileSlots(new FileModule(File, config.file.root));
 *
 * What is written counts from close() on, whole or not at all.
 */
export class FileModule implements FilesDirectory {
  readonly #File: ModuleFileClass;
  readonly #root: string;

  /**
   * @param root what paths begin with, its "/" included
   * @throws InputError for what is no such class, and for another root, which would make files of other names
   */
  constructor(File: ModuleFileClass, root: string) {
    checkMethods("File", File, ["exists", "delete"], 'Hand in what import {File} from "file" gives.');
    if (!(typeof root === "string" && root.endsWith("/"))) {
      const remedy = "Hand in config.file.root, from mc/config.";
      throw new InputError("root", 'a folder that ends in "/"', `${root}`, remedy);
    }
    this.#File = File;
    this.#root = root;
  }

  openFile({path, mode}: {path: string; mode: "r" | "w"}): StoredFile {
    if (mode === "w") this.delete(path);
    return new OpenFile(new this.#File(this.#root + path, mode === "w"));
  }

  delete(path: string): boolean {
    const whole = this.#root + path;
    if (!this.#File.exists(whole)) return false;
    this.#File.delete(whole);
    return true;
  }
}

class OpenFile implements StoredFile {
  readonly #file: ModuleFile;

  constructor(file: ModuleFile) {
    this.#file = file;
  }

  read(bytes: Uint8Array, position: number): number {
    const left = this.#file.length - position;
    const count = left < bytes.length ? left : bytes.length;
    if (count < 1) return 0;
    this.#file.position = position;
    bytes.set(new Uint8Array(this.#file.read(ArrayBuffer, count)));
    return count;
  }

  write(bytes: Uint8Array, position: number): void {
    this.#file.position = position;
    this.#file.write(bytes);
  }

  status(): {size: number} {
    return {size: this.#file.length};
  }

  /** close() does it. */
  flush(): void {}

  close(): void {
    this.#file.close();
  }
}
