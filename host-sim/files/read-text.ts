import {readFile} from "node:fs/promises";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "./as-input-error.js";

/** Anything larger is no set of recordings for a microcontroller, and would fill this computer's memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Reads a file of UTF-8 text; a byte order mark is taken off, and every line ends with "\n" alone.
 *
 * @throws InputError for a file that can't be read, holds no text, or holds text in another encoding
 */
export async function readTextFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw asInputError(error, path, "a file that can be read");
  }
  if (bytes.length > MOST_BYTES) {
    throw new InputError(path, "at most 256 MiB", `${bytes.length} bytes`, "Split it into smaller files.");
  }
  const text = decode(bytes, path).replace(/\r\n?/g, "\n");
  if (text.trim() === "") {
    throw new InputError(path, "text", "an empty file", "Check the path, or write the file again.");
  }
  return text;
}

function decode(bytes: Buffer, path: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new InputError(path, "UTF-8 text", "UTF-16 text", "Save the file as UTF-8.");
  }
  if (bytes.includes(0)) {
    throw new InputError(path, "text", "binary data", "Give a CSV or JSON file.");
  }
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    // The tolerant decoder marks the first wrong byte, which gives the line to look at.
    const line = new TextDecoder("utf-8")
      .decode(bytes)
      .split("\ufffd", 1)[0]
      .split(/\r\n?|\n/).length;
    throw new InputError(
      `${path} line ${line}`,
      "UTF-8 text",
      "a byte that isn't",
      "Save the file as UTF-8; if it isn't text at all, give a CSV or JSON file.",
    );
  }
}
