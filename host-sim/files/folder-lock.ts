import {open, readFile, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {InputError} from "../../runtime/input-error.js";

const NAME = ".ganglion.lock";
/** Writing takes some milliseconds, so who waits for longer waits for something else. */
const PATIENCE = 10_000;
/** A lock that has had no number for so long was left by a process that ended between making and writing it. */
const MOST_UNWRITTEN = 2000;

/** Locks that this process holds: its number in any other was left by a process that had the same number before. */
const held = new Set<string>();

/**
 * Waits until no one else writes into a folder, and keeps all others out. The lock is a file with the holder's process
 * number; one whose process has ended is taken over. Should two take over at the very same moment, both write: model
 * folders notice such a mixture when they are read.
 *
 * @returns what lets go of the folder
 * @throws InputError when another process holds it for more than ten seconds, and what the file system says
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, NAME);
  const end = performance.now() + PATIENCE;
  while (!(await take(path))) {
    const holder = await holderOf(path);
    const isLeft = holder === undefined ? await isOld(path) : !isRunning(holder, path);
    if (isLeft) await rm(path, {force: true});
    else if (performance.now() < end) await setTimeout(20);
    else {
      const found = holder === undefined ? "one that writes" : `process ${holder}, which writes`;
      const remedy = "Wait for it, or delete this file when no ganglion is running.";
      throw new InputError(path, "no other ganglion at work in this folder", found, remedy);
    }
  }
  return async () => {
    held.delete(path);
    // One that stays behind is taken over.
    await rm(path, {force: true}).catch(() => {});
  };
}

/** @returns false when it is taken */
async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    // Before the number can be read, so that no other writer of this process takes it for one that was left.
    held.add(path);
    try {
      await file.writeFile(`${process.pid}`);
    } catch (error) {
      held.delete(path);
      await rm(path, {force: true});
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** @returns undefined while the holder hasn't written its number yet, and when it has just gone */
async function holderOf(path: string): Promise<number | undefined> {
  try {
    const text = await readFile(path, "utf8");
    return text === "" ? undefined : Number(text);
  } catch {
    return undefined;
  }
}

/** @returns whether a lock without a number is one whose process ended before it wrote it, which takes no time */
async function isOld(path: string): Promise<boolean> {
  const {mtimeMs} = await stat(path).catch(() => ({mtimeMs: Infinity}));
  return Date.now() - mtimeMs > MOST_UNWRITTEN;
}

function isRunning(holder: number, path: string): boolean {
  if (holder === process.pid) return held.has(path);
  try {
    return process.kill(holder, 0);
  } catch (error) {
    // A process of another user's is there too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
