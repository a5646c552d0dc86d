import {readFile} from "node:fs/promises";
import {asInputError} from "./as-input-error.js";

/** @returns a file's bytes, in a buffer of their own; @throws InputError when it can't be read */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw asInputError(error, path, "a file that can be read");
  }
}
