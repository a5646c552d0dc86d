import {existsSync, readFileSync} from "node:fs";
import path from "node:path";
import {InputError} from "../../runtime/input-error.js";

/** Moddable's SDK on this computer, with its command line tools built. */
export interface ModdableSdk {
  readonly folder: string;
  readonly version: string;
  /** Where mcconfig, mcpack, xsc, xsid and xsl are. */
  readonly tools: string;
}

/** By Node's name of the operating system, as the SDK calls its folder of tools. */
const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "mac",
  linux: "lin",
  win32: "win",
};

/** What to say where an SDK would be used and none is named. */
export const HOW_TO_SET_MODDABLE =
  "Install Moddable's SDK (`npx xs-dev setup`, or as its Getting Started page says) and set the environment variable MODDABLE to its folder.";

/**
 * Finds the SDK that the environment variable MODDABLE names.
 * @returns undefined when it names none
 * @throws InputError when it names a folder without the SDK, or without its tools
 */
export function findModdableSdk(environment: NodeJS.ProcessEnv = process.env): ModdableSdk | undefined {
  const folder = environment.MODDABLE;
  if (!folder) return undefined;
  const tools = path.join(folder, "build/bin", systems[process.platform] ?? process.platform, "release");
  for (const needed of [path.join(folder, "tools/VERSION"), path.join(tools, "mcconfig")]) {
    if (existsSync(needed) || existsSync(`${needed}.exe`)) continue;
    throw new InputError(
      "the environment variable MODDABLE",
      "the folder of Moddable's SDK with its tools built",
      `no ${needed}`,
      HOW_TO_SET_MODDABLE,
    );
  }
  return {folder, version: readFileSync(path.join(folder, "tools/VERSION"), "utf8").trim(), tools};
}
