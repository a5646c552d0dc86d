import {execFile} from "node:child_process";
import {mkdir, mkdtemp, readFile, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {type LinkedSize, linkedSize} from "./linked-size.js";
import type {ModdableSdk} from "./sdk.js";

/** What mcconfig takes behind -p, of the platforms that we answer for. */
export const platforms = Object.freeze(["esp32", "esp", "pico", "nrf52"] as const);
export type Platform = (typeof platforms)[number];

/** What Moddable's tools made of an app. */
export interface LinkedApp {
  /** All that mcconfig, xsc, xsid and xsl printed. */
  readonly output: string;
  /** The lines among it that warn or complain: mcconfig ends with 0 all the same. */
  readonly warnings: readonly string[];
  /** Undefined where the app could not be linked. */
  readonly size: LinkedSize | undefined;
}

/**
 * In the place of the platform's own rules, which need the vendor's compiler: all that XS itself makes, up to the C file
 * with the app's bytecode and objects.
 */
const rules = [
  "$(TMP_DIR)/mc.xs.c: $(MODULES)",
  "\t@xsl -b $(MODULES_DIR) -o $(TMP_DIR) $(PRELOADS) $(STRIPS) $(CREATION) $(MODULES)",
  "",
].join("\n");

/** Nobody else's: mcpack writes into a folder of this name in the SDK. */
const NAME = "ganglion-app";

/**
 * Runs Moddable's own tools on an app as a build for a platform does, but for the vendor's compiler: mcconfig on the
 * manifest, xsc on each module, xsid on each C file, xsl on all of it.
 *
 * @param manifest an app's manifest.json, absolute
 */
export function linkApp(sdk: ModdableSdk, manifest: string, platform: Platform): Promise<LinkedApp> {
  return inFolder(async (folder) => {
    await writeManifest(folder, platform, [manifest]);
    return link(sdk, folder, platform, "mcconfig", []);
  });
}

/**
 * The same by way of mcpack, for an app of package.json and main.js that says nothing of ganglion's manifest.
 *
 * @param main text of main.js
 * @param ganglion this package's folder, as it stands in the app's node_modules; absolute
 */
export function linkPackage(
  sdk: ModdableSdk,
  main: string,
  ganglion: string,
  platform: Platform,
): Promise<LinkedApp> {
  return inFolder(async (folder) => {
    await writeManifest(folder, platform, []);
    const app = path.join(folder, NAME);
    await writeFile(path.join(app, "main.js"), main);
    const description = {name: NAME, type: "module", main: "main.js", dependencies: {ganglion: "*"}};
    await writeFile(path.join(app, "package.json"), JSON.stringify(description));
    await mkdir(path.join(app, "node_modules"));
    await symlink(ganglion, path.join(app, "node_modules/ganglion"), "junction");
    return link(sdk, folder, platform, "mcpack", ["mcconfig"]);
  });
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), "ganglion-moddable-"));
  try {
    await mkdir(path.join(folder, NAME));
    return await use(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function writeManifest(folder: string, platform: Platform, include: readonly string[]): Promise<void> {
  const rulesFile = path.join(folder, "rules.mk");
  await writeFile(rulesFile, rules);
  if (platform === "pico") await standInForPico(folder);
  const manifest = {build: {MAKE_FRAGMENT: rulesFile}, include};
  await writeFile(path.join(folder, NAME, "manifest.json"), JSON.stringify(manifest));
}

const PICO_EXTRAS = "pico-extras";
/** The vendor's C files that modules of the SDK name on this platform, empty: only that they are there is looked at. */
const picoExtras = [
  "rp2_common/pico_audio_i2s/i2s.c",
  "common/pico_audio/audio.cpp",
  "common/pico_util_buffer/buffer.c",
];

async function standInForPico(folder: string): Promise<void> {
  for (const name of picoExtras) {
    const file = path.join(folder, PICO_EXTRAS, "src", name);
    await mkdir(path.join(path.dirname(file), "include"), {recursive: true});
    await writeFile(file, "");
  }
}

async function link(
  sdk: ModdableSdk,
  folder: string,
  platform: Platform,
  tool: "mcconfig" | "mcpack",
  options: readonly string[],
): Promise<LinkedApp> {
  const configured = await run(sdk, folder, tool, [...options, "-p", platform, "-o", folder]);
  const made = path.join(folder, "tmp", platform, "release", NAME);
  const linked = configured.isDone
    ? await run(sdk, folder, "make", ["-s", "-f", path.join(made, "makefile"), path.join(made, "mc.xs.c")])
    : {output: "", isDone: false};
  const output = configured.output + linked.output;
  const size = linked.isDone ? linkedSize(await readFile(path.join(made, "mc.xs.c"), "utf8")) : undefined;
  return {output, warnings: warningsOf(output, sdk), size};
}

/**
 * Lines that start with "# xsc" and the like tell what goes on; those of errors and of linking with "###". What the SDK
 * says of a file of its own (as of its sockets, "cannot optimize native") no app can mend.
 */
function warningsOf(output: string, {folder}: ModdableSdk): string[] {
  const lines = output
    .split("\n")
    .filter((line) => !/^# (?!warning)|^### \d+ instances/.test(line) && !line.startsWith(`${folder}/`));
  return lines.filter((line) => /###|\b(warning|error)\b|not frozen|no const|\*\*\*/i.test(line));
}

/** TypeScript's compiler is found by PATH, which mcconfig calls for an app's .ts modules. */
const nodeTools = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));

function run(
  sdk: ModdableSdk,
  folder: string,
  tool: string,
  options: readonly string[],
): Promise<{output: string; isDone: boolean}> {
  const PATH = [sdk.tools, nodeTools, process.env.PATH].join(path.delimiter);
  // Of the vendors' folders only the names are wanted, not what lies in them.
  const vendors = {ESP_BASE: folder, PICO_SDK_DIR: folder, PICO_EXTRAS_DIR: path.join(folder, PICO_EXTRAS)};
  const env = {...process.env, MODDABLE: sdk.folder, PATH, ...vendors};
  return new Promise((resolve) => {
    const cwd = path.join(folder, NAME);
    execFile(tool, options, {cwd, env, maxBuffer: 64 << 20}, (error, stdout, stderr) => {
      const failure = error === null ? "" : `### error: ${error.message.split("\n", 1)[0]}\n`;
      resolve({output: stdout + stderr + failure, isDone: error === null});
    });
  });
}
