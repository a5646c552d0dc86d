import {execFileSync} from "node:child_process";
import {existsSync, statSync} from "node:fs";
import path from "node:path";
import {InputError} from "../runtime/input-error.js";
import {benchFolder} from "./folder.js";

/**
 * Installs the packages to compare with, when they aren't there or others were asked for since.
 * @throws InputError when npm can't
 */
export function installPeers(): void {
  const installed = path.join(benchFolder, "node_modules/.package-lock.json");
  const wanted = path.join(benchFolder, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  process.stderr.write("Installing the peers, once...\n");
  try {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: benchFolder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch {
    const remedy = "Run `npm ci` there; it needs the npm registry.";
    throw new InputError(benchFolder, "the packages to compare with", "none, npm failed", remedy);
  }
}
