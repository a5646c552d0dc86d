import {execFile} from "node:child_process";
import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {linkApp} from "../moddable/link.js";
import type {LinkedSize} from "../moddable/linked-size.js";
import type {ModdableSdk} from "../moddable/sdk.js";
import type {PageTable, TableRow} from "./page.js";
import type {TableOptions} from "./table-options.js";
import {count} from "./text.js";

/** The repository, as this lies in dist/host-sim/experiments/. */
const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Where modules of these subpaths lie; all others are the runtime's. */
const ofDevices = ["sensors", "storage"];

/** Folders of the runtime, and what a part of them comes on top of. */
const onTopOf: Readonly<Record<string, readonly string[]>> = {
  ops: ["network"],
  preprocessing: ["network"],
  losses: ["network"],
  optimizers: ["learner"],
  schedules: ["learner"],
  sensors: ["network"],
  storage: ["learner"],
};

/** What `npm pack` packs, by what needs it. */
export async function packageTable({onRow}: TableOptions): Promise<PageTable> {
  const {stdout} = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    maxBuffer: 64 << 20,
    shell: process.platform === "win32",
  });
  const [{files, size, unpackedSize}] = JSON.parse(stdout) as {
    files: {path: string; size: number}[];
    size: number;
    unpackedSize: number;
  }[];
  const parts: Record<string, RegExp> = {
    "runtime, sensors and storage, for the board":
      /^(dist\/(runtime|devices\/(sensors|storage))\/|manifest\.json)/,
    "compiler, simulator and command line, for the computer":
      /^(dist\/(?!runtime|devices\/(sensors|storage))|host-sim\/|devices\/boards)/,
    "apps to copy": /^devices\/apps\//,
    documentation: /^(docs\/|README|LICENSE|package\.json)/,
  };
  const rows = Object.entries(parts).map(([title, pattern]): TableRow => {
    const own = files.filter(({path}) => pattern.test(path));
    const bytes = own.reduce((sum, file) => sum + file.size, 0);
    return [title, [count(own.length), count(bytes)]];
  });
  rows.push(["all of it", [count(files.length), count(unpackedSize)]]);
  rows.push(["packed, as it is downloaded", ["1", count(size)]]);
  for (const row of rows) onRow?.(row);
  return {name: "package", columns: ["what", ">files", ">bytes"], rows};
}

/** What each part of the runtime adds to an app's flash and RAM, found by linking apps with and without it. */
export async function footprintTable(sdk: ModdableSdk, {onRow}: TableOptions): Promise<PageTable> {
  const rows: TableRow[] = [];
  const add = (title: string, over: string, part: LinkedSize, base: LinkedSize): void => {
    const flash = count(part.flashBytes - base.flashBytes);
    const row: TableRow = [title, [over, flash, count(part.ramBytes - base.ramBytes)]];
    onRow?.(row);
    rows.push(row);
  };
  const empty = await linked(sdk, []);
  const names = await modules();
  const network = await linked(sdk, ["network"]);
  const learner = await linked(sdk, ["learner"]);
  add("`network`, with windows and the image's reader", "an app without ganglion", network, empty);
  add("`learner`", "`network`", learner, network);
  for (const [folder, [base]] of Object.entries(onTopOf)) {
    for (const name of names.filter((name) => dirname(name) === folder)) {
      const part = await linked(sdk, [base, name]);
      const own = base === "network" ? network : learner;
      // Those that the base brings add nothing.
      if (part.flashBytes > own.flashBytes) add(`\`${name}\``, `\`${base}\``, part, own);
    }
  }
  add("all of it, as `manifest.json` brings it", "an app without ganglion", await linked(sdk, names), empty);
  return {name: "footprint", columns: ["part", "on top of", ">flash, bytes", ">RAM, bytes"], rows};
}

/** @returns every module for the board by its subpath, but for those of types alone */
async function modules(): Promise<string[]> {
  const names: string[] = [];
  for (const [folder, prefix] of [
    ["dist/runtime", ""],
    ...ofDevices.map((name) => [`dist/devices/${name}`, `${name}/`]),
  ]) {
    for (const file of (await readdir(join(root, folder), {recursive: true})).sort()) {
      if (!file.endsWith(".js")) continue;
      const name = prefix + file.replaceAll("\\", "/").slice(0, -".js".length);
      if (!/^export {};\s*$/.test(await readFile(`${fileOf(name)}.js`, "utf8"))) names.push(name);
    }
  }
  return names;
}

/** @returns where a subpath's module lies, without its ending */
function fileOf(name: string): string {
  return join(root, ofDevices.includes(name.split("/", 1)[0]) ? "dist/devices" : "dist/runtime", name);
}

/** @returns the size of an app that imports these modules, preloaded with all that they import */
async function linked(sdk: ModdableSdk, entries: readonly string[]): Promise<LinkedSize> {
  const folder = await mkdtemp(join(tmpdir(), "ganglion-footprint-"));
  try {
    const needed = await closureOf(entries);
    await writeFile(join(folder, "main.js"), entries.map((name) => `import "ganglion/${name}";\n`).join(""));
    const manifest = {
      include: ["$(MODDABLE)/examples/manifest_base.json"],
      modules: {
        "*": "./main",
        ...Object.fromEntries(needed.map((name) => [`ganglion/${name}`, fileOf(name)])),
      },
      preload: needed.map((name) => `ganglion/${name}`),
    };
    await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    const {size, warnings} = await linkApp(sdk, join(folder, "manifest.json"), "esp32");
    if (size === undefined || warnings.length > 0) throw new Error(`${entries}: ${warnings.join("\n")}`);
    return size;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function closureOf(entries: readonly string[]): Promise<string[]> {
  const needed = new Set(entries);
  for (const name of needed) {
    const text = await readFile(`${fileOf(name)}.js`, "utf8");
    for (const [, imported] of text.matchAll(/from "(\.[^"]+)\.js"/g)) {
      needed.add(join(dirname(name), imported).replaceAll("\\", "/"));
    }
    for (const [, imported] of text.matchAll(/from "ganglion\/([^"]+)"/g)) needed.add(imported);
  }
  return [...needed];
}
