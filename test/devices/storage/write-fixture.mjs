// `node test/devices/storage/write-fixture.mjs`, once for each version of the slots' format: bundles write-fixture.ts,
// which is TypeScript, and runs it.
import {fileURLToPath, pathToFileURL} from "node:url";
import {build} from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const outfile = `${root}/node_modules/.cache/ganglion-write-fixture.mjs`;
await build({
  entryPoints: [fileURLToPath(new URL("write-fixture.ts", import.meta.url))],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  // What is imported as "ganglion/..." is the sources, as tsconfig.json says.
  tsconfig: `${root}/tsconfig.json`,
  external: ["zod", "esbuild"],
  logLevel: "warning",
});
process.chdir(root);
await import(pathToFileURL(outfile).href);
