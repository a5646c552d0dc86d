import {execFile} from "node:child_process";
import {availableParallelism} from "node:os";
import path from "node:path";
import {InputError} from "../../runtime/input-error.js";
import type {CCompiler} from "./c-compiler.js";

/** Called before the first file and after each: how many are compiled, of how many, and which was the last. */
export type CompileProgress = (done: number, total: number, file: string) => void;

/** C files to compile and link. Paths are absolute. */
export interface CompileJob {
  readonly compiler: CCompiler;
  readonly files: readonly string[];
  readonly flags: readonly string[];
  readonly linkFlags: readonly string[];
  /** Takes the object files; must exist. */
  readonly objectFolder: string;
  readonly executable: string;
}

/** The line of a compiler's output that names the first error. */
function firstError(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim());
  return (lines.find((line) => /error|undefined|cannot/i.test(line)) ?? lines[0] ?? "no message").trim();
}

function runCompiler(compiler: CCompiler, place: string, options: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      compiler.executable,
      [...compiler.arguments, ...options],
      {maxBuffer: 64 << 20},
      (error, output, problems) => {
        if (error)
          reject(
            new InputError(
              place,
              `C that ${compiler.executable} compiles`,
              firstError(problems || output || error.message),
              "Set CC to a recent gcc or clang, and see that the headers of the C library are installed.",
            ),
          );
        else resolve();
      },
    );
  });
}

/**
 * Compiles files in parallel, as many at once as there are processors, and links them.
 * @throws InputError naming the first file that does not compile
 */
export async function compile(job: CompileJob, onProgress: CompileProgress = () => {}): Promise<void> {
  const waiting = [...job.files];
  const objects = job.files.map((file) => path.join(job.objectFolder, `${path.basename(file, ".c")}.o`));
  let done = 0;
  onProgress(0, job.files.length, "");
  async function work(): Promise<void> {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const object = objects[job.files.indexOf(file)];
      try {
        await runCompiler(job.compiler, file, [...job.flags, "-c", file, "-o", object]);
      } catch (error) {
        // The other workers stop after what they are compiling now.
        waiting.length = 0;
        throw error;
      }
      onProgress(++done, job.files.length, path.basename(file));
    }
  }
  const outcomes = await Promise.allSettled(Array.from({length: availableParallelism()}, work));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  await runCompiler(job.compiler, job.executable, [...objects, ...job.linkFlags, "-o", job.executable]);
}
