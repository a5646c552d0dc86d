import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import {InputError} from "../../runtime/input-error.js";

/** The C sources of the XS engine on this computer. */
export interface EngineSources {
  /** Where they come from, for people: a package with its version, or the folder MODDABLE points to. */
  readonly origin: string;
  /** The folder that holds sources/, includes/ and platforms/. */
  readonly folder: string;
  /** Changes whenever the sources do. */
  readonly fingerprint: string;
}

const subfolders = ["sources", "includes", "platforms"] as const;

/** What the host needs from a folder of XS sources to be able to build. */
function hasSources(folder: string): boolean {
  return ["sources/xsAll.h", "sources/xsMemory.c", "platforms/xsPlatform.h"].every((name) =>
    existsSync(path.join(folder, name)),
  );
}

/** Names and sizes of all files; also their times where a developer may edit a file without changing its size. */
function fingerprintOf(folder: string, withTimes: boolean): string {
  const hash = createHash("sha256");
  for (const subfolder of subfolders) {
    const absolute = path.join(folder, subfolder);
    if (!existsSync(absolute)) continue;
    for (const name of readdirSync(absolute).sort()) {
      const status = statSync(path.join(absolute, name));
      if (status.isFile())
        hash.update(`${subfolder}/${name} ${status.size} ${withTimes ? status.mtimeMs : ""}\n`);
    }
  }
  return hash.digest("hex");
}

function sourcesFromModdable(moddable: string): EngineSources {
  const folder = path.join(moddable, "xs");
  if (!hasSources(folder))
    throw new InputError(
      "the environment variable MODDABLE",
      "a folder of the Moddable SDK with xs/sources in it",
      `"${moddable}" without them`,
      "Point it to the SDK, or unset it to use the sources in @agoric/xsnap.",
    );
  return {origin: folder, folder, fingerprint: `${folder} ${fingerprintOf(folder, true)}`};
}

/** The folder of an installed package, looked up as node does from here and from the current folder. */
function findPackageFile(name: string): string | undefined {
  for (const from of [import.meta.url, path.join(process.cwd(), "package.json")]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // Not installed where this search starts.
    }
  }
  return undefined;
}

/**
 * Finds the sources of the XS engine: those of the Moddable SDK when MODDABLE is set, so that what is simulated is what
 * will be flashed, else those in the npm package @agoric/xsnap.
 * @throws InputError when there are none, or when MODDABLE points to something else
 */
export function findEngineSources(environment: NodeJS.ProcessEnv = process.env): EngineSources {
  if (environment.MODDABLE) return sourcesFromModdable(environment.MODDABLE);
  const manifest = findPackageFile("@agoric/xsnap/package.json");
  const folder = manifest && path.join(path.dirname(manifest), "moddable", "xs");
  if (!manifest || !folder || !hasSources(folder))
    throw new InputError(
      "the XS engine",
      "its C sources",
      "neither the package @agoric/xsnap nor the variable MODDABLE",
      "Run `npm install --save-dev @agoric/xsnap`, or set MODDABLE to the folder of the Moddable SDK.",
    );
  const {version} = JSON.parse(readFileSync(manifest, "utf8")) as {version: string};
  return {
    origin: `@agoric/xsnap ${version}`,
    folder,
    fingerprint: `@agoric/xsnap ${version} ${fingerprintOf(folder, false)}`,
  };
}
