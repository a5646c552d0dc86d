import {mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "./as-input-error.js";
import {makeFolder} from "./make-folder.js";

/**
 * Writes a new folder with folders in it: all of it beside its place first, and then renamed at once, so that it is there
 * whole or not at all.
 *
 * @param folder absolute; not there, or empty
 * @param files contents by path, with "/" between folders
 * @throws InputError for a folder that holds something, and when nothing can be written there
 */
export async function writeNewFolder(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await refuseFull(folder);
  let unfinished: string | undefined;
  try {
    makeFolder(dirname(folder));
    unfinished = await mkdtemp(join(dirname(folder), `.${basename(folder)}.unfinished-`));
    for (const [path, text] of Object.entries(files)) {
      const file = join(unfinished, ...path.split("/"));
      await mkdir(dirname(file), {recursive: true});
      await writeFile(file, text);
    }
    // An empty folder only: one that was filled meanwhile stays as it is.
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(unfinished, folder);
  } catch (error) {
    if (unfinished !== undefined) await rm(unfinished, {recursive: true, force: true});
    throw asInputError(error, folder, "a place that can be written");
  }
}

/** @throws InputError for a folder that holds something, or a file in its place */
export async function refuseFull(folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw asInputError(error, folder, "an empty folder, or none");
  }
  if (names.length === 0) return;
  const found = `one with ${names.sort()[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`;
  throw new InputError(folder, "an empty folder, or none", found, "Choose another name.");
}
