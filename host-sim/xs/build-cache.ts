import {randomBytes} from "node:crypto";
import {existsSync, readFileSync, statSync} from "node:fs";
import {mkdir, readdir, rename, rm, stat, writeFile} from "node:fs/promises";
import {homedir, hostname} from "node:os";
import path from "node:path";

/** The folder that outlives a run: $GANGLION_CACHE, else the system's place for caches with "ganglion" in it. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.GANGLION_CACHE) return path.resolve(environment.GANGLION_CACHE);
  if (environment.XDG_CACHE_HOME) return path.join(environment.XDG_CACHE_HOME, "ganglion");
  return process.platform === "darwin"
    ? path.join(homedir(), "Library", "Caches", "ganglion")
    : path.join(homedir(), ".cache", "ganglion");
}

/** A temporary folder may belong to a build on another computer that shares the cache: it gets this long. */
const longestBuildMilliseconds = 60 * 60 * 1000;

/** Written last; says that the product next to it is whole. */
const sealName = "complete.json";

const thisComputer = hostname().replace(/[^A-Za-z0-9]/g, "") || "computer";

/** The product's path when the folder holds a whole build. */
function productIn(folder: string, product: string): string | undefined {
  try {
    const seal = JSON.parse(readFileSync(path.join(folder, sealName), "utf8")) as {bytes: number};
    const file = path.join(folder, product);
    return statSync(file).size === seal.bytes ? file : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether the build that made a temporary folder has died. */
async function isStale(folder: string): Promise<boolean> {
  const owner = /\.building-([A-Za-z0-9]+)-(\d+)-/.exec(path.basename(folder));
  if (owner && owner[1] === thisComputer && !isRunning(Number(owner[2]))) return true;
  try {
    return Date.now() - (await stat(folder)).mtimeMs > longestBuildMilliseconds;
  } catch {
    return false;
  }
}

async function removeStaleFolders(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    if (!name.includes(".building-") || !(await isStale(folder))) continue;
    // Compilers of a killed build may still be writing there. What can't go now goes another time.
    await rm(folder, {recursive: true, force: true}).catch(() => {});
  }
}

/** Puts a finished build in its place. Another build of the same may have been faster, and then its product is as good. */
async function publish(temporary: string, folder: string, product: string): Promise<string> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await rename(temporary, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
    const file = productIn(folder, product);
    if (file) return file;
    // What stands there is broken: it was not made by a rename, or somebody has touched it since.
    const broken = `${temporary}-broken`;
    await rename(folder, broken).catch(() => {});
    await rm(broken, {recursive: true, force: true});
  }
  throw new Error(`the cache folder ${folder} can't be put in place`);
}

/**
 * Takes a file from the cache, or has it built there. Builds happen in a temporary folder that is renamed when all is
 * done, so neither a build that was killed nor two at once leave a broken product.
 * @param cache the cache folder; made when missing
 * @param name the build's name: it changes with everything that goes into the build
 * @param product the file wanted, relative to the build's folder
 * @param build fills an empty folder with at least the product
 * @returns the product's absolute path
 */
export async function buildInCache(
  cache: string,
  name: string,
  product: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(cache, name);
  const known = productIn(folder, product);
  if (known) return known;
  await mkdir(cache, {recursive: true});
  await removeStaleFolders(cache);
  const unique = randomBytes(4).toString("hex");
  const temporary = `${folder}.building-${thisComputer}-${process.pid}-${unique}`;
  await mkdir(temporary);
  try {
    await build(temporary);
    const {size} = await stat(path.join(temporary, product));
    await writeFile(path.join(temporary, sealName), JSON.stringify({bytes: size}));
    return await publish(temporary, folder, product);
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
}
