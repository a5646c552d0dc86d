// `node test/run.mjs FILE ...`: bundles a program of test/, which is TypeScript, and runs it with what follows.
import {basename, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {build} from "esbuild";

const [, , entry] = process.argv;
process.argv.splice(2, 1);
const name = basename(resolve(entry, "..")) + basename(entry, ".ts");
const outfile = fileURLToPath(new URL(`../node_modules/.cache/ganglion-${name}.mjs`, import.meta.url));
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
