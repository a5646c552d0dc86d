import {createHash} from "node:crypto";
import {constants, existsSync, readdirSync, readFileSync} from "node:fs";
import {access, mkdir, rm} from "node:fs/promises";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "../files/as-input-error.js";
import {buildInCache, cacheFolder} from "./build-cache.js";
import {type CCompiler, findArmCompiler, findCCompiler} from "./c-compiler.js";
import {type CompileProgress, compile} from "./compile.js";
import {type EngineSources, findEngineSources} from "./engine-sources.js";
import {type EngineTarget, settingsOf, type TargetSettings} from "./engine-target.js";
import {whyNo32Bits} from "./word-size.js";

/** The XS engine with our host around it, ready to run programs on this computer or in an emulator on it. */
export interface Engine {
  /** The host's absolute path. */
  readonly executable: string;
  /** Where the engine's sources come from, for people. */
  readonly origin: string;
  readonly target: EngineTarget;
  /**
   * Why the target is "64-bit" although nobody asked for it, and what to do; memory figures are then upper bounds, while
   * outputs and bytecodes are a chip's.
   */
  readonly fallback?: string;
}

/** What may be said about a build. */
export interface EngineOptions {
  /** Called while compiling; not at all when the engine is in the cache. */
  readonly onProgress?: CompileProgress;
  /** Stands in for process.env: MODDABLE, CC, ARM_CC, PATH, GANGLION_CACHE, XDG_CACHE_HOME. */
  readonly environment?: NodeJS.ProcessEnv;
  /** "32-bit" where that is possible, else "64-bit", when left out. */
  readonly target?: EngineTarget;
}

const product = "xs-host";

/**
 * counted-memory.c includes the first, device-defaults.c the second, the engine's xsMath.c the third. Snapshots nobody
 * takes here, and they ask for functions of the network.
 */
const notCompiled: ReadonlySet<string> = new Set(["xsMemory.c", "xsDefaults.c", "xsum.c", "xsSnapshot.c"]);

/** The largest sources, slowest to compile: starting with them keeps all processors busy to the end. */
const slowest: readonly string[] = ["xsRun.c", "xsre.c", "xsString.c", "xsSyntaxical.c"];

/** The package's folder: this file lies in it, or in its dist/ when it is compiled. */
function packageFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const candidates = [path.join(here, "../.."), path.join(here, "../../..")];
  const folder = candidates.find((candidate) => existsSync(path.join(candidate, "host-sim/xs/host/main.c")));
  if (!folder) throw new Error(`the host's C files are missing: ${candidates.join(", ")}`);
  return folder;
}

/** Our own C. */
interface OwnSources {
  readonly host: string;
  /** Kernels in C, in runtime/native; what lies in folders under it is included by those. */
  readonly kernels: string;
  /** What makes them functions of JavaScript's, here as on a device. */
  readonly binding: string;
}

function ownSources(): OwnSources {
  const folder = packageFolder();
  return {
    host: path.join(folder, "host-sim/xs/host"),
    kernels: path.join(folder, "runtime/native"),
    binding: path.join(folder, "devices/native"),
  };
}

function compileFlags(
  sources: EngineSources,
  {host, kernels}: OwnSources,
  settings: TargetSettings,
): string[] {
  return [
    ...settings.compileFlags,
    "-O2",
    "-w",
    "-fno-common",
    // Fusing a multiplication and an addition would round once where a chip rounds twice.
    "-ffp-contract=off",
    "-DINCLUDE_XSPLATFORM",
    '-DXSPLATFORM="platform.h"',
    "-DmxParse=1",
    "-DmxRun=1",
    "-DmxMetering=1",
    "-DmxInstrument=1",
    // Without it a full stack would overwrite memory instead of ending the run.
    "-DmxBoundsCheck=1",
    // What the engine has to say must not mix with what the program prints.
    "-DmxNoConsole=1",
    `-I${host}`,
    `-I${kernels}`,
    ...["includes", "platforms", "sources"].map((name) => `-I${path.join(sources.folder, name)}`),
  ];
}

function linkFlags(host: string, {folder, linkerScript, linkFlags}: TargetSettings): string[] {
  return linkerScript ? [...linkFlags, "-T", path.join(host, folder, linkerScript)] : [...linkFlags];
}

function cFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".c"))
    .sort();
}

function filesToCompile(
  sources: EngineSources,
  {host, kernels, binding}: OwnSources,
  {folder}: TargetSettings,
): string[] {
  const engine = cFilesIn(path.join(sources.folder, "sources")).filter((name) => !notCompiled.has(name));
  const inOrder = [
    ...slowest.filter((name) => engine.includes(name)),
    ...engine.filter((name) => !slowest.includes(name)),
  ];
  return [
    ...inOrder.map((name) => path.join(sources.folder, "sources", name)),
    ...[host, path.join(host, folder), kernels, binding].flatMap((place) =>
      cFilesIn(place).map((name) => path.join(place, name)),
    ),
  ];
}

/** Everything that goes into the executable, as one short name. */
function buildName(parts: readonly string[], folders: readonly string[], target: EngineTarget): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part}\n`);
  for (const folder of folders)
    for (const entry of readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (entry.isFile()) hash.update(`${entry.name}\n`).update(readFileSync(path.join(folder, entry.name)));
  return `xs-${target}-${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 24)}`;
}

/** @returns the folder and all folders under it */
function foldersIn(folder: string): string[] {
  const inside = readdirSync(folder, {withFileTypes: true}).filter((entry) => entry.isDirectory());
  return [
    folder,
    ...inside
      .map(({name}) => name)
      .sort()
      .flatMap((name) => foldersIn(path.join(folder, name))),
  ];
}

/** The target to build for, and why it is not the one that was hoped for. */
async function chooseTarget(
  compiler: CCompiler,
  cache: string,
  wanted: EngineTarget | undefined,
): Promise<Pick<Engine, "target" | "fallback">> {
  if (wanted === "64-bit" || wanted === "cortex-m4f") return {target: wanted};
  const reason = await whyNo32Bits(compiler, cache);
  if (reason === undefined) return {target: "32-bit"};
  if (wanted === undefined) return {target: "64-bit", fallback: reason};
  throw new InputError("the XS engine", "a compiler for 32-bit programs", "none", reason);
}

/** @throws InputError for a cache that can't be written, which would else fail after minutes */
async function makeFolder(cache: string): Promise<void> {
  try {
    await mkdir(cache, {recursive: true});
    await access(cache, constants.W_OK);
  } catch (error) {
    const {found} = asInputError(error, cache, "") as InputError;
    const remedy = "Set GANGLION_CACHE to a folder that can be written.";
    throw new InputError(cache, "a folder for the XS engine", found, remedy);
  }
}

/**
 * Gives the XS engine, built once and then taken from the cache.
 * @throws InputError when the engine's sources or a C compiler are missing, or when it does not compile
 */
export async function buildEngine(options: EngineOptions = {}): Promise<Engine> {
  if (process.platform === "win32")
    throw new InputError(
      "the XS engine",
      "Linux or macOS",
      "Windows",
      "Run this in the Windows Subsystem for Linux.",
    );
  const environment = options.environment ?? process.env;
  const cache = cacheFolder(environment);
  const sources = findEngineSources(environment);
  const compiler =
    options.target === "cortex-m4f" ? findArmCompiler(environment) : findCCompiler(environment);
  await makeFolder(cache);
  const {target, fallback} = await chooseTarget(compiler, cache, options.target);
  const settings = settingsOf(target);
  const own = ownSources();
  const flags = compileFlags(sources, own, settings);
  const linking = linkFlags(own.host, settings);
  // Without where things lie: each project has this package in a folder of its own, and they share one engine.
  const places = (flag: string) =>
    flag.replaceAll(sources.folder, "sources").replaceAll(packageFolder(), "package");
  const parts = [sources.fingerprint, compiler.fingerprint, ...[...flags, ...linking].map(places)];
  const folders = [own.host, path.join(own.host, settings.folder), own.binding, ...foldersIn(own.kernels)];
  const name = buildName(parts, folders, target);
  const executable = await buildInCache(cache, name, product, async (folder) => {
    const objectFolder = path.join(folder, "objects");
    await mkdir(objectFolder);
    await compile(
      {
        compiler,
        files: filesToCompile(sources, own, settings),
        flags,
        linkFlags: linking,
        objectFolder,
        executable: path.join(folder, product),
      },
      options.onProgress,
    );
    await rm(objectFolder, {recursive: true});
  });
  return {executable, origin: sources.origin, target, ...(fallback === undefined ? {} : {fallback})};
}
