import {execFile} from "node:child_process";
import {createHash, randomBytes} from "node:crypto";
import {existsSync, readFileSync, statSync} from "node:fs";
import {mkdir, mkdtemp, rename, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {promisify} from "node:util";
import type {CCompiler} from "./c-compiler.js";
import {flagsFor32Bits} from "./engine-target.js";

const execute = promisify(execFile);

/** Uses a header, the mathematics library and a pointer's size, as the engine does. */
const program = `#include <math.h>
#include <stdio.h>
int main(int count, char** arguments) { printf("%d", (int)sizeof(void*)); return sqrt(count) < 0; }
`;

/** Their times change when a compiler's 32-bit libraries are installed. */
const libraryFolders = ["/usr/lib", "/usr/lib32", "/usr/include", "/usr/lib/gcc"];

const remedy = "Install them, for instance with `apt-get install gcc-multilib`.";

/** Changes with the compiler and with the libraries installed. */
function probeName(compiler: CCompiler, flags: readonly string[]): string {
  const hash = createHash("sha256").update(`${compiler.fingerprint}\n${flags.join(" ")}\n${program}`);
  for (const folder of libraryFolders)
    hash.update(`${folder} ${existsSync(folder) ? statSync(folder).mtimeMs : "none"}\n`);
  return `32-bit-${hash.digest("hex").slice(0, 24)}.json`;
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => /error|cannot/i.test(line)) ?? text.split("\n")[0] ?? "";
}

/** Compiles and runs the probe. @returns "" when it works, else why not */
async function tryProbe(compiler: CCompiler, flags: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "ganglion-32-bit-"));
  try {
    const source = path.join(folder, "probe.c");
    const executable = path.join(folder, "probe");
    await writeFile(source, program);
    await execute(compiler.executable, [
      ...compiler.arguments,
      ...flags,
      source,
      "-lm",
      "-lpthread",
      "-o",
      executable,
    ]);
    const {stdout} = await execute(executable);
    return stdout === "4" ? "" : `${compiler.executable} makes programs without 32-bit words`;
  } catch (error) {
    const {stderr, message} = error as Error & {stderr?: string};
    return `the compiler or this computer lacks 32-bit libraries: ${firstLine(stderr || message).trim()}`;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** What an earlier probe found; undefined when there was none. */
function readProbe(file: string): string | undefined {
  try {
    const {problem} = JSON.parse(readFileSync(file, "utf8")) as {problem: unknown};
    return typeof problem === "string" ? problem : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds out whether programs with 32-bit words can be compiled and run here. Asked once for each compiler and state of
 * its libraries, then read from the cache.
 * @returns undefined when they can, else the reason with what to do about it
 */
export async function whyNo32Bits(compiler: CCompiler, cache: string): Promise<string | undefined> {
  const flags = flagsFor32Bits();
  if (!flags) return `processors like this one (${process.arch}) have no 32-bit mode for programs in C`;
  const file = path.join(cache, probeName(compiler, flags));
  let problem = readProbe(file);
  if (problem === undefined) {
    problem = await tryProbe(compiler, flags);
    // What says nothing about libraries is asked again next time.
    if (/no space left|killed|signal/i.test(problem)) return `${problem}. ${remedy}`;
    await mkdir(cache, {recursive: true});
    const temporary = `${file}.${randomBytes(4).toString("hex")}`;
    await writeFile(temporary, JSON.stringify({problem}));
    await rename(temporary, file);
  }
  return problem === "" ? undefined : `${problem}. ${remedy}`;
}
