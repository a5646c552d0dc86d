// `npm run fuzz`: bundles main.ts, which is TypeScript, and runs it.
import {fileURLToPath, pathToFileURL} from "node:url";
import {build} from "esbuild";

const outfile = fileURLToPath(new URL("../../node_modules/.cache/ganglion-fuzz.mjs", import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL("main.ts", import.meta.url))],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
