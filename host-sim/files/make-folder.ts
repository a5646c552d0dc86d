import {mkdirSync, statSync} from "node:fs";
import {dirname} from "node:path";

/**
 * Makes a folder and those above it, where they aren't there. Node's own recursive mkdir never ends where a new folder is
 * refused with ENOENT although the one above is there, as in /proc.
 *
 * @throws what the file system says
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
}
