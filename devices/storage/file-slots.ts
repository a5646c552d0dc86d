import {checkOptionNames} from "ganglion/check-option";
import {InputError} from "ganglion/input-error";
import {checkMethods} from "./check-methods.js";
import type {SlotStorage} from "./slot-storage.js";

/** What is called of a file of `embedded:storage/files` (ECMA-419). */
export interface StoredFile {
  /** Fills a buffer of bytes. @returns how many there were */
  read(bytes: Uint8Array, position: number): number;
  write(bytes: Uint8Array, position: number): void;
  status(): {readonly size: number};
  flush(): void;
  close(): void;
}

/** What is called of a directory of `embedded:storage/files`. */
export interface FilesDirectory {
  /** Throws when a file to be read isn't there. */
  openFile(options: {path: string; mode: "r" | "w"}): StoredFile;
  /** @returns whether there was one */
  delete(path: string): boolean;
}

export interface FileOptions {
  /** The files' names without "-0" and "-1"; "ganglion" when left out. */
  readonly name?: string | undefined;
  /** Bytes that are written and read at a time, a multiple of 4; 256 when left out. */
  readonly blockBytes?: number | undefined;
}

/**
 * Two slots as two files, "ganglion-0" and "ganglion-1"; a header is the end of its file:
 *
 *     import files from "embedded:storage/files";
 *     const slots = new FileSlots(files);
 */
export class FileSlots implements SlotStorage {
  readonly blockBytes: number;
  readonly #directory: FilesDirectory;
  readonly #name: string;
  /** The file that is being written. */
  #file: StoredFile | undefined;
  #end = 0;

  /** @throws InputError for what is no directory, and for an option that is unknown or out of its range */
  constructor(directory: FilesDirectory, options: FileOptions = {}) {
    checkOptionNames(options, OPTIONS);
    const remedy = 'Hand in what import files from "embedded:storage/files" gives, or a FileModule.';
    checkMethods("directory", directory, ["openFile", "delete"], remedy);
    const {name = "ganglion", blockBytes = 256} = options;
    if (typeof name !== "string" || name.length < 1)
      throw new InputError("name", "a file's name", `${name}`, "Change the option.");
    if (!Number.isInteger(blockBytes / 4) || blockBytes < 4)
      throw new InputError("blockBytes", "a multiple of 4", `${blockBytes}`, "Change the option.");
    this.#directory = directory;
    this.#name = name;
    this.blockBytes = blockBytes;
  }

  /** How much room there is, files don't tell. */
  prepare(): void {}

  begin(slot: number): void {
    this.#close();
    this.#directory.delete(this.#pathOf(slot));
    this.#file = this.#directory.openFile({path: this.#pathOf(slot), mode: "w"});
    this.#end = 0;
  }

  write(_slot: number, index: number, bytes: Uint8Array): void {
    this.#file?.write(bytes, index * this.blockBytes);
    this.#end = index * this.blockBytes + bytes.length;
  }

  finish(_slot: number, header: Uint8Array): void {
    this.#file?.write(header, this.#end);
    this.#file?.flush();
    this.#close();
  }

  readHeader(slot: number, header: Uint8Array): boolean {
    const file = this.#open(slot);
    if (file === undefined) return false;
    try {
      const at = file.status().size - header.length;
      return at >= 0 && file.read(header, at) === header.length;
    } finally {
      file.close();
    }
  }

  read(slot: number, index: number, bytes: Uint8Array): boolean {
    const file = this.#open(slot);
    if (file === undefined) return false;
    try {
      return file.read(bytes, index * this.blockBytes) === bytes.length;
    } finally {
      file.close();
    }
  }

  erase(slot: number): void {
    this.#close();
    this.#directory.delete(this.#pathOf(slot));
  }

  #open(slot: number): StoredFile | undefined {
    try {
      return this.#directory.openFile({path: this.#pathOf(slot), mode: "r"});
    } catch {
      return undefined; // there is none, or none that can be read
    }
  }

  #pathOf(slot: number): string {
    return `${this.#name}-${slot}`;
  }

  #close(): void {
    const file = this.#file;
    this.#file = undefined;
    file?.close();
  }
}

const OPTIONS = Object.freeze(["name", "blockBytes"]);
