import {type ChildProcess, spawn} from "node:child_process";
import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {asInputError} from "../files/as-input-error.js";
import {findExecutable} from "./c-compiler.js";
import type {Engine} from "./engine.js";
import {parseReport, type XsExit, type XsReport} from "./report.js";

/** What one run of the C host needs. */
export interface HostRun {
  readonly engine: Engine;
  /** Sources of scripts by file name, laid where the options find them. */
  readonly scripts: Readonly<Record<string, string>>;
  /** The host's command line after "--directory". */
  readonly options: readonly string[];
  /** Contents of the program's folder, by name relative to it; "/" separates subfolders. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** A run that takes longer is stopped and ends as "timeout". */
  readonly timeoutMilliseconds: number;
}

/** What it left behind. */
export interface HostResult extends XsReport {
  /** What the program printed, by lines. */
  readonly output: readonly string[];
  /** What the program wrote, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

interface HostOutput {
  readonly output: string;
  readonly report: string;
  readonly otherwise: XsExit;
}

const programFolder = "files";

/** QEMU's arguments up to those of the program; instructions take a nanosecond each, so that they can be counted. */
const emulator = [
  "-machine",
  "mps2-an386",
  "-display",
  "none",
  "-monitor",
  "none",
  "-serial",
  "none",
  "-icount",
  "shift=0",
];

function startHost({executable, target}: Engine, options: readonly string[], folder: string): ChildProcess {
  const settings = {cwd: folder, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"]};
  if (target !== "cortex-m4f") return spawn(executable, options, settings);
  const name = "qemu-system-arm";
  const found = findExecutable(name, process.env.PATH ?? "");
  if (!found)
    throw new InputError(
      "the emulator of a Cortex-M4F",
      name,
      "no such program in PATH",
      "Install it, for instance with `apt-get install qemu-system-arm`.",
    );
  const semihosting = ["xs-host", ...options].map((option) => `arg=${option}`).join(",");
  return spawn(
    found,
    [...emulator, "-semihosting-config", `enable=on,target=native,${semihosting}`, "-kernel", executable],
    settings,
  );
}

function exitWithoutReport(kind: "timeout" | "crash", message: string): XsExit {
  return {kind, message, stack: "", place: "", phase: "program"};
}

function collectOutput(host: ChildProcess, milliseconds: number): Promise<HostOutput> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = [];
    const report: Buffer[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      host.kill("SIGKILL");
    }, milliseconds);
    host.stdout?.on("data", (data: Buffer) => output.push(data));
    host.stderr?.on("data", (data: Buffer) => report.push(data));
    host.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    host.on("close", (code, signal) => {
      clearTimeout(timer);
      const text = Buffer.concat(report).toString("utf8");
      const end = `the host ended with ${signal ?? `exit code ${code}`} and no report`;
      resolve({
        output: Buffer.concat(output).toString("utf8"),
        report: text,
        otherwise: timedOut
          ? exitWithoutReport("timeout", `still running after ${milliseconds} milliseconds`)
          : exitWithoutReport("crash", text.trim() === "" ? end : `${end}: ${text.trim().slice(0, 500)}`),
      });
    });
  });
}

/** The name's absolute path, when it stays inside the folder. */
function pathInside(folder: string, name: string): string {
  const absolute = path.resolve(folder, name);
  if (!name || !absolute.startsWith(folder + path.sep))
    throw new InputError(
      `the file "${name}" of a program for XS`,
      "a name inside the program's folder",
      "one that leaves it",
      'Name it relative to the folder, without "..".',
    );
  return absolute;
}

async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    const absolute = pathInside(folder, name);
    await mkdir(path.dirname(absolute), {recursive: true});
    await writeFile(absolute, bytes);
  }
}

async function readFiles(folder: string, names: readonly string[]): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of names) files[name] = new Uint8Array(await readFile(pathInside(folder, name)));
  return files;
}

/** Lines as printed; the last line's end is no line of its own. */
function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * Runs the C host in a process and a temporary folder of its own.
 * @throws InputError when a file's name leaves the folder, or when the emulator is missing
 */
export async function runHost(run: HostRun): Promise<HostResult> {
  const folder = await temporaryFolder();
  try {
    await layOut(folder, run);
    const options = [...run.options, "--directory", programFolder];
    const {output, report, otherwise} = await collectOutput(
      startHost(run.engine, options, folder),
      run.timeoutMilliseconds,
    );
    const parsed = parseReport(report, otherwise);
    return {
      ...parsed,
      output: linesOf(output),
      files: await readFiles(path.join(folder, programFolder), parsed.writtenFiles),
    };
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function layOut(folder: string, {scripts, files}: HostRun): Promise<void> {
  const world = path.join(folder, programFolder);
  try {
    await mkdir(world);
    for (const [name, source] of Object.entries(scripts)) await writeFile(path.join(folder, name), source);
    await writeFiles(world, files);
  } catch (error) {
    throw asInputError(error, folder, "room for temporary files");
  }
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(path.join(tmpdir(), "ganglion-xs-"));
  } catch (error) {
    const {found} = asInputError(error, tmpdir(), "") as InputError;
    throw new InputError(
      tmpdir(),
      "a folder for temporary files",
      found,
      "Set TMPDIR to one that can be written.",
    );
  }
}
