import {open, readdir, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "./as-input-error.js";
import {lockFolder} from "./folder-lock.js";
import {makeFolder} from "./make-folder.js";

const UNFINISHED = /^\..+\.unfinished$/;

/**
 * Writes files into one folder, which is made if it isn't there: all are first written beside their places, and only
 * when every one is whole do they take their names, in their order. Whatever goes wrong before leaves the folder's files
 * as they were. Files of an older writing are taken away as soon as the first file has its new name. One process at a time writes into a folder; what one that was ended left unfinished, the next clears away.
 *
 * @param folder where
 * @param files contents by name, at least one
 * @param isStale whether a file of this name, if none of this writing, is left from an older one
 * @throws InputError naming the file or folder that can't be written
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  isStale: (name: string) => boolean = () => false,
): Promise<void> {
  let letGo: (() => Promise<void>) | undefined;
  try {
    makeFolder(folder);
    letGo = await lockFolder(folder);
    await clear(folder, Object.keys(files));
  } catch (error) {
    await letGo?.();
    throw asInputError(error, folder, "a place that can be written");
  }
  try {
    await writeInto(folder, files, isStale);
  } finally {
    await letGo();
  }
}

/** Takes away what is unfinished. @throws InputError for a folder in a file's place: renaming onto it would fail half-way */
async function clear(folder: string, names: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder, {withFileTypes: true})) {
    const path = join(folder, entry.name);
    if (entry.isFile() && UNFINISHED.test(entry.name)) await rm(path, {force: true});
    if (entry.isDirectory() && names.includes(entry.name)) {
      const remedy = "Move the folder away, or write to another place.";
      throw new InputError(path, "a file or nothing", "a folder", remedy);
    }
  }
}

async function writeInto(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  isStale: (name: string) => boolean,
): Promise<void> {
  const unfinished = (name: string) => join(folder, `.${name}.unfinished`);
  const names = Object.keys(files);
  let place = folder;
  try {
    for (const name of names) {
      place = join(folder, name);
      const file = await open(unfinished(name), "w");
      try {
        await file.writeFile(files[name]);
        // Otherwise a power cut may leave the new name with no content.
        await file.sync();
      } finally {
        await file.close();
      }
    }
    for (const [k, name] of names.entries()) {
      place = join(folder, name);
      await rename(unfinished(name), place);
      if (k > 0) continue;
      for (const entry of await readdir(folder, {withFileTypes: true})) {
        if (!entry.isFile() || names.includes(entry.name) || !isStale(entry.name)) continue;
        place = join(folder, entry.name);
        await rm(place, {force: true});
      }
    }
  } catch (error) {
    await Promise.allSettled(names.map((name) => rm(unfinished(name), {force: true})));
    throw asInputError(error, place, "a place that can be written");
  }
}
