import {type KernelSet, nativeModules} from "../../compiler/kernels/kernel-set.js";
import type {DeviceCreation} from "../../devices/creation.js";
import {deviceTaskOf} from "../../host-sim/replay/device.js";
import {resultsOf} from "../../host-sim/replay/replay.js";
import {runOnDevice} from "../../host-sim/xs/device.js";
import type {Engine} from "../../host-sim/xs/engine.js";
import {InputError} from "../../runtime/input-error.js";
import {isMadeFor, replayFor} from "../compiled.js";
import type {Job} from "../job.js";
import {type Workload, weightsOf} from "../workload.js";

/** A machine with room for the largest arena; no chip's, as instructions don't depend on it. */
const creation: DeviceCreation = {
  static: 0,
  chunk: {initial: 65_536, incremental: 65_536},
  heap: {initial: 4096, incremental: 512},
  stack: 1024,
  keys: {initial: 512, incremental: 0, name: 127, symbol: 127},
};

/** Enough, as each takes about the same. */
const ONLINE_TURNS = 2;

/**
 * Emulating more examples times weights takes many minutes, and tells nothing that smaller networks don't. C takes a
 * seventh of the instructions at most.
 */
const MOST_WORK = 1_000_000;
const MOST_NATIVE_WORK = 7 * MOST_WORK;

/** Code generated for learning more weights is source of megabytes, and the emulated board has 16 MB to compile it in. */
const MOST_LEARNED_BY_CODE = 1000;

/**
 * @param engine built for "cortex-m4f"
 * @returns instructions of an emulated Cortex-M4F for a turn of the network alone; undefined where emulating takes too long, and
 *   where the set's code is too large
 */
export async function countInstructions(
  kernels: KernelSet,
  workload: Workload,
  job: Job,
  engine: Engine,
): Promise<number | undefined> {
  const weights = weightsOf(workload);
  const most = nativeModules[kernels] === undefined ? MOST_WORK : MOST_NATIVE_WORK;
  if (weights * job.batch > most || !isMadeFor(kernels, workload)) return undefined;
  if (kernels === "generated" && job.optimizer !== undefined && weights > MOST_LEARNED_BY_CODE)
    return undefined;
  const examples = Math.max(job.batch, weights * ONLINE_TURNS < MOST_WORK / 4 ? ONLINE_TURNS : 1);
  const replay = replayFor(workload, job, kernels, examples);
  const task = await deviceTaskOf(replay, creation, engine, "instructions");
  const {output, files, exit} = await runOnDevice(task);
  if (exit.kind !== "ok")
    throw new InputError(
      `${workload.name} on the emulated Cortex-M4F`,
      "a run to the end",
      `${exit.kind} ${exit.message}`,
      "Measure a network that fits.",
    );
  const [{networkBytecodes}] = resultsOf(output, files);
  return Math.round((Number(networkBytecodes) * job.batch) / examples);
}
