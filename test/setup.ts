import {execFileSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {buildEngine} from "../host-sim/xs/engine.js";

/** Builds dist/, which the tests of the command line run, and the XS engine, which many files share. */
export default async function setup(): Promise<void> {
  execFileSync("node", [fileURLToPath(new URL("../host-sim/setup.mjs", import.meta.url))], {
    stdio: "inherit",
  });
  await buildEngine();
}
