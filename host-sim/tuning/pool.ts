import {fileURLToPath} from "node:url";
import {Tinypool} from "tinypool";
import {InputError} from "../../runtime/input-error.js";
import type {Outcome} from "./outcome.js";
import type {TrialTask} from "./run-trial.js";

/** Worker processes that run trials. */
export interface TrialPool {
  /** Runs a trial as soon as a worker is free. @throws InputError when something else ends the worker */
  run(task: TrialTask): Promise<Outcome>;
  /** Ends all workers; trials that aren't done are rejected. */
  close(): Promise<void>;
}

/** @param workers how many processes, from 1 */
export function startPool(workers: number): TrialPool {
  const pool = new Tinypool({
    filename: workerFile(),
    runtime: "child_process",
    // Typed arrays arrive as what they are.
    serialization: "advanced",
    minThreads: workers,
    maxThreads: workers,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= pool.destroy();
    return closing;
  };
  const run = async (task: TrialTask): Promise<Outcome> => {
    try {
      return await pool.run(task);
    } catch (error) {
      if (closing !== undefined || !(error instanceof Error) || error.message !== ENDED) throw error;
      const remedy = "Take fewer workers if memory was short; the same search goes on from its journal.";
      throw new InputError("a worker process", "to run until its trial is finished", "its end", remedy);
    }
  };
  return {run, close};
}

/** What the library says of a process that something else has ended. */
const ENDED = "Worker exited unexpectedly";

/** A process of Node's runs the compiled file, also where this one is run from its source. */
function workerFile(): string {
  const folder = import.meta.url.endsWith(".ts") ? "../../dist/host-sim/tuning/" : "./";
  return fileURLToPath(new URL(`${folder}worker.js`, import.meta.url));
}
