import {fileURLToPath} from "node:url";
import {Tinypool} from "tinypool";
import type {Outcome} from "./outcome.js";
import type {TrialTask} from "./run-trial.js";

/** Worker processes that run trials. */
export interface TrialPool {
  /** Runs a trial as soon as a worker is free. */
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
  return {run: (task) => pool.run(task), close: () => pool.destroy()};
}

/** A process of Node's runs the compiled file, also where this one is run from its source. */
function workerFile(): string {
  const folder = import.meta.url.endsWith(".ts") ? "../../dist/host-sim/tuning/" : "./";
  return fileURLToPath(new URL(`${folder}worker.js`, import.meta.url));
}
