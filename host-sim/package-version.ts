import {readFileSync} from "node:fs";
import {dirname} from "node:path";
import {fileURLToPath} from "node:url";

/** Of this package's package.json, what is asked for. */
interface PackageDescription {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** @returns this package's version, as package.json has it */
export function packageVersion(): string {
  return packageDescription().version;
}

export function packageDescription(): PackageDescription {
  return JSON.parse(readFileSync(packageFile(), "utf8"));
}

/** @returns the folder that holds package.json, the apps and dist/ */
export function packageFolder(): string {
  return dirname(fileURLToPath(packageFile()));
}

/** From dist/host-sim/ as well as from the sources, it is in the package's root. */
function packageFile(): URL {
  const depth = import.meta.url.endsWith(".ts") ? "../" : "../../";
  return new URL(`${depth}package.json`, import.meta.url);
}
