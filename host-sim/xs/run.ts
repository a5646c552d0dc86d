import {spawn} from "node:child_process";
import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {InputError} from "../../runtime/input-error.js";
import {type Creation, creationOptions} from "./creation.js";
import {buildEngine, type Engine} from "./engine.js";
import {parseReport, type XsCost, type XsExit} from "./report.js";

/** A program and the world it runs in. */
export interface XsProgram {
  /**
   * JavaScript source of a script; it runs in strict mode, and its byte code counts as lying in flash. Its global
   * `host` has:
   * - `print(text)` writes a line of output;
   * - `read(name)` gives a file as a read-only buffer, `write(name, buffer)` takes an ArrayBuffer or a view of bytes;
   * - `collect()` runs the garbage collector;
   * - `meter(which)` gives, since the program's start, 0 bytecodes, 1 slots allocated, 2 chunk bytes allocated with
   *   headers, 3 collections; and now, 4 slots in use, 5 chunk bytes in use; and so far, 6 peak stack slots, 7 peak
   *   slots, 8 peak chunk bytes. A call allocates nothing and costs the same each time it is written the same way:
   *   take the difference of two calls in a row as the cost of measuring and subtract it.
   */
  readonly program: string;
  /** The program's name in messages and stacks; "program.js" when left out. */
  readonly name?: string;
  /** Contents of the folder, by name relative to it; "/" separates subfolders. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly creation?: Creation;
  /** A run that takes longer is stopped and ends as "timeout". 60 seconds when left out. */
  readonly timeoutMilliseconds?: number;
  /** The engine to use; built or taken from the cache when left out. */
  readonly engine?: Engine;
}

/** What a run left behind. */
export interface XsRun {
  /** What the program printed, by lines. */
  readonly output: readonly string[];
  /** What the program wrote, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly exit: XsExit;
  /** Undefined after a timeout or a crash. */
  readonly cost: XsCost | undefined;
  /** For instance "13.3.0". */
  readonly engineVersion: string;
}

interface HostOutput {
  readonly output: string;
  readonly report: string;
  readonly otherwise: XsExit;
}

function exitWithoutReport(kind: "timeout" | "crash", message: string): XsExit {
  return {kind, message, stack: "", place: ""};
}

function runHost(executable: string, options: readonly string[], milliseconds: number): Promise<HostOutput> {
  return new Promise((resolve, reject) => {
    const host = spawn(executable, options, {stdio: ["ignore", "pipe", "pipe"]});
    const output: Buffer[] = [];
    const report: Buffer[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      host.kill("SIGKILL");
    }, milliseconds);
    host.stdout.on("data", (data: Buffer) => output.push(data));
    host.stderr.on("data", (data: Buffer) => report.push(data));
    host.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    host.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({
        output: Buffer.concat(output).toString("utf8"),
        report: Buffer.concat(report).toString("utf8"),
        otherwise: timedOut
          ? exitWithoutReport("timeout", `still running after ${milliseconds} milliseconds`)
          : exitWithoutReport("crash", `the host ended with ${signal ?? `exit code ${code}`} and no report`),
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
 * Runs a program on the XS engine, in a process and a temporary folder of its own.
 * @throws InputError when the engine can't be built, or when a file's name leaves the folder. What the program itself
 * does wrong is no error here: see `exit` in what is returned.
 */
export async function runOnXs(task: XsProgram): Promise<XsRun> {
  const engine = task.engine ?? (await buildEngine());
  const folder = await mkdtemp(path.join(tmpdir(), "ganglion-xs-"));
  try {
    const program = path.join(folder, path.basename(task.name ?? "program.js"));
    const world = path.join(folder, "files");
    await mkdir(world);
    await writeFile(program, task.program);
    await writeFiles(world, task.files ?? {});
    const options = [program, "--directory", world, ...creationOptions(task.creation ?? {})];
    const host = await runHost(engine.executable, options, task.timeoutMilliseconds ?? 60_000);
    const {exit, cost, engineVersion, writtenFiles} = parseReport(host.report, host.otherwise);
    const files = await readFiles(world, writtenFiles);
    return {output: linesOf(host.output), files, exit, cost, engineVersion};
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
