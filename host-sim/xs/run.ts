import path from "node:path";
import {type Creation, creationOptions} from "./creation.js";
import {buildEngine, type Engine} from "./engine.js";
import {runHost} from "./host-process.js";
import type {XsCost, XsExit} from "./report.js";

/** A program and the world it runs in. */
export interface XsProgram {
  /**
   * JavaScript source of a script; it runs in strict mode, and its byte code counts as lying in flash. Its global
   * `host` has:
   * - `print(text)` writes a line of output;
   * - `read(name)` gives a file as a read-only buffer, `write(name, buffer)` takes an ArrayBuffer or a view of bytes,
   *   and `append(name, buffer)` lays them behind what was written;
   * - `collect()` runs the garbage collector;
   * - `meter(which)` gives, since the program's start, 0 bytecodes, 1 slots allocated, 2 chunk bytes allocated with
   *   headers, 3 collections; and now, 4 slots in use, 5 chunk bytes in use; and so far, 6 peak stack slots, 7 peak
   *   slots, 8 peak chunk bytes; and since the start, 9 instructions, NaN except on "cortex-m4f". A call allocates nothing and costs the same each time it is written the same way:
   *   take the difference of two calls in a row as the cost of measuring and subtract it;
   * - `mark(name)` notes all counters, for runs on a device.
   * The global class `Resource` stands in for Moddable's: `new Resource(name)` gives a file as a read-only buffer.
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

/**
 * Runs a program on the XS engine, in a process and a temporary folder of its own.
 * @throws InputError when the engine can't be built, or when a file's name leaves the folder. What the program itself
 * does wrong is no error here: see `exit` in what is returned.
 */
export async function runOnXs(task: XsProgram): Promise<XsRun> {
  const engine = task.engine ?? (await buildEngine());
  const name = path.basename(task.name ?? "program.js");
  const {output, files, exit, cost, engineVersion} = await runHost({
    engine,
    scripts: {[name]: task.program},
    options: [name, ...creationOptions(task.creation ?? {})],
    files: task.files ?? {},
    timeoutMilliseconds: task.timeoutMilliseconds ?? 60_000,
  });
  return {output, files, exit, cost, engineVersion};
}
