import {readFileSync} from "node:fs";
import {join} from "node:path";
import {packageFolder} from "../package-version.js";

/** @returns a file of devices/apps/, as text */
export function partOfApp(path: string): string {
  return readFileSync(join(packageFolder(), "devices/apps", path), "utf8");
}
