import {readFileSync} from "node:fs";

/** @returns this package's version, as package.json has it */
export function packageVersion(): string {
  const {version} = JSON.parse(readFileSync(packageFile(), "utf8")) as {version: string};
  return version;
}

/** From dist/host-sim/ as well as from the sources, it is in the package's root. */
function packageFile(): URL {
  const depth = import.meta.url.endsWith(".ts") ? "../" : "../../";
  return new URL(`${depth}package.json`, import.meta.url);
}
