import {mkdir, open, readdir, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "./as-input-error.js";

/**
 * Writes files into one folder, which is made if it isn't there: all are first written beside their places, and only
 * when every one is whole do they take their names. Whatever goes wrong before leaves the folder's files as they were.
 *
 * @param folder where
 * @param files contents by name
 * @throws InputError naming the file or folder that can't be written
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const unfinished = (name: string) => join(folder, `.${name}.${process.pid}.unfinished`);
  const names = Object.keys(files);
  let place = folder;
  try {
    await mkdir(folder, {recursive: true});
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
    // Renaming onto a folder would fail with half of the files in place.
    const entries = await readdir(folder, {withFileTypes: true});
    const inTheWay = entries.find((entry) => entry.isDirectory() && names.includes(entry.name));
    if (inTheWay !== undefined) {
      const remedy = "Move the folder away, or write to another place.";
      throw new InputError(join(folder, inTheWay.name), "a file or nothing", "a folder", remedy);
    }
    for (const name of names) {
      place = join(folder, name);
      await rename(unfinished(name), place);
    }
  } catch (error) {
    await Promise.allSettled(names.map((name) => rm(unfinished(name), {force: true})));
    throw asInputError(error, place, "a place that can be written");
  }
}
