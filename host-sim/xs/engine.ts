import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {mkdir, rm} from "node:fs/promises";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {InputError} from "../../runtime/input-error.js";
import {buildInCache, cacheFolder} from "./build-cache.js";
import {findCCompiler} from "./c-compiler.js";
import {type CompileProgress, compile} from "./compile.js";
import {type EngineSources, findEngineSources} from "./engine-sources.js";

/** The XS engine with our host around it, ready to run programs on this computer. */
export interface Engine {
  /** The host's absolute path. */
  readonly executable: string;
  /** Where the engine's sources come from, for people. */
  readonly origin: string;
}

/** What may be said about a build. */
export interface EngineOptions {
  /** Called while compiling; not at all when the engine is in the cache. */
  readonly onProgress?: CompileProgress;
  /** Stands in for process.env: MODDABLE, CC, PATH, GANGLION_CACHE, XDG_CACHE_HOME. */
  readonly environment?: NodeJS.ProcessEnv;
}

const product = "xs-host";

/** counted-memory.c includes the one, the engine's xsMath.c the other. */
const includedByOthers: ReadonlySet<string> = new Set(["xsMemory.c", "xsum.c"]);

/** The largest sources, slowest to compile: starting with them keeps all processors busy to the end. */
const slowest: readonly string[] = ["xsRun.c", "xsre.c", "xsString.c", "xsSyntaxical.c"];

/** Our C files, beside this one or, when this one is compiled elsewhere, in the package. */
function hostFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const candidates = [path.join(here, "host"), path.join(here, "../../../host-sim/xs/host")];
  const folder = candidates.find((candidate) => existsSync(path.join(candidate, "main.c")));
  if (!folder) throw new Error(`the host's C files are missing: ${candidates.join(", ")}`);
  return folder;
}

function compileFlags(sources: EngineSources, host: string): string[] {
  const flags = [
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
    ...["includes", "platforms", "sources"].map((name) => `-I${path.join(sources.folder, name)}`),
  ];
  // The old floating point unit rounds to other widths.
  if (process.arch === "ia32") flags.push("-msse2", "-mfpmath=sse");
  return flags;
}

function cFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".c"))
    .sort();
}

function filesToCompile(sources: EngineSources, host: string): string[] {
  const engine = cFilesIn(path.join(sources.folder, "sources")).filter((name) => !includedByOthers.has(name));
  const inOrder = [
    ...slowest.filter((name) => engine.includes(name)),
    ...engine.filter((name) => !slowest.includes(name)),
  ];
  return [
    ...inOrder.map((name) => path.join(sources.folder, "sources", name)),
    ...cFilesIn(host).map((name) => path.join(host, name)),
  ];
}

/** Everything that goes into the executable, as one short name. */
function buildName(parts: readonly string[], host: string): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part}\n`);
  for (const name of readdirSync(host).sort())
    hash.update(`${name}\n`).update(readFileSync(path.join(host, name)));
  return `xs-${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 24)}`;
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
  const sources = findEngineSources(environment);
  const compiler = findCCompiler(environment);
  const host = hostFolder();
  const flags = compileFlags(sources, host);
  const name = buildName([sources.fingerprint, compiler.fingerprint, ...flags], host);
  const executable = await buildInCache(cacheFolder(environment), name, product, async (folder) => {
    const objectFolder = path.join(folder, "objects");
    await mkdir(objectFolder);
    await compile(
      {
        compiler,
        files: filesToCompile(sources, host),
        flags,
        linkFlags: ["-lm", "-lpthread"],
        objectFolder,
        executable: path.join(folder, product),
      },
      options.onProgress,
    );
    await rm(objectFolder, {recursive: true});
  });
  return {executable, origin: sources.origin};
}
