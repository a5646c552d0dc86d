import {createHash} from "node:crypto";
import {join} from "node:path";
import {z} from "zod";
import {checkBySchema, parseJson} from "../../compiler/description/read.js";
import {InputError} from "../../runtime/input-error.js";
import {readBytes} from "./read-bytes.js";
import {readTextFile} from "./read-text.js";

type Content = string | Uint8Array;

const hashesSchema = z.record(z.string(), z.string());

const REMEDY = "Compile or train it again.";

/** @returns the text of a file that says which files were written together: SHA-256 of each by name, as JSON */
export function hashesOf(files: Readonly<Record<string, Content>>): string {
  const hashes = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, hashOf(content)]));
  return `${JSON.stringify(hashes, undefined, 2)}\n`;
}

/**
 * Notices a mixture of two writings, as a process that was ended half-way leaves, and files that were changed.
 *
 * @param names of the files that are there: one that was taken away since is no mixture
 * @param hashes the name of the file that hashesOf gave the text of
 * @throws InputError naming a file that was not written together with the others
 */
export async function checkTogether(folder: string, names: readonly string[], hashes: string): Promise<void> {
  const place = join(folder, hashes);
  const listed = checkBySchema(hashesSchema, parseJson(await readTextFile(place), place), place, REMEDY);
  for (const [name, hash] of Object.entries(listed)) {
    if (!names.includes(name)) continue;
    const path = join(folder, name);
    if (hashOf(await readBytes(path)) === hash) continue;
    throw new InputError(path, `the file that was written together with ${hashes}`, "another one", REMEDY);
  }
}

/** Lines may have come to end otherwise, as they do where a folder went through git on Windows. */
function hashOf(content: Content): string {
  const bytes = Buffer.from(content);
  const text = bytes.includes(0) ? bytes : bytes.toString("latin1").replaceAll("\r\n", "\n");
  return createHash("sha256").update(text).digest("hex");
}
