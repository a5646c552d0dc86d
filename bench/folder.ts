import {existsSync} from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";

/** This folder of the repository, whether this runs from its sources or built into dist/. */
export const benchFolder: string = findFolder();

function findFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const found = [here, path.join(here, "../../bench")].find((folder) =>
    existsSync(path.join(folder, "package.json")),
  );
  if (found === undefined) throw new Error(`the benchmarks' package is missing beside ${here}`);
  return found;
}
