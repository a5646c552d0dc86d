import {execFileSync} from "node:child_process";
import {fileURLToPath} from "node:url";

/** Builds dist/, which the tests of the command line run. */
export default function setup(): void {
  execFileSync("node", [fileURLToPath(new URL("../host-sim/setup.mjs", import.meta.url))], {
    stdio: "inherit",
  });
}
