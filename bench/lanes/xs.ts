import type {KernelSet} from "../../compiler/kernels/kernel-set.js";
import {replayOnXs} from "../../host-sim/replay/xs.js";
import type {Engine} from "../../host-sim/xs/engine.js";
import {runOnXs} from "../../host-sim/xs/run.js";
import {InputError} from "../../runtime/input-error.js";
import {bundlePeerForXs} from "../bundle.js";
import {isMadeFor, replayFor} from "../compiled.js";
import type {Entry} from "../contenders/table.js";
import type {Job} from "../job.js";
import {EXAMPLES, type Workload} from "../workload.js";
import type {XsFigures} from "./xs-turns.js";

/** What a contender's turn costs on XS; a text says why there are no figures. */
export type XsResult = XsFigures | string;

/** Milliseconds: whoever makes its network longer than this, as from code of megabytes, has no figures. */
const PATIENCE = 20_000;

/** @returns undefined where the contender can't do the job */
export async function measureOnXs(
  entry: Entry,
  workload: Workload,
  job: Job,
  engine: Engine,
): Promise<XsResult | undefined> {
  if (!("kernels" in entry)) return measurePeer(entry, workload, job, engine);
  return isMadeFor(entry.kernels, workload)
    ? measureKernels(entry.kernels, workload, job, engine)
    : undefined;
}

/** @returns the engine's version, for instance "13.3.0" */
export async function xsVersion(engine: Engine): Promise<string> {
  const {engineVersion} = await runOnXs({program: "", engine});
  return engineVersion;
}

/** The network alone, as the simulator counts it; filling the input is left out, a few bytecodes a number. */
export async function measureKernels(
  kernels: KernelSet,
  workload: Workload,
  job: Job,
  engine: Engine,
): Promise<XsFigures> {
  const [{all, networkBytecodes}] = await replayOnXs(replayFor(workload, job, kernels), engine);
  const turns = EXAMPLES / job.batch;
  return {
    bytecodes: Number(networkBytecodes) / turns,
    slots: Number(all.slots) / turns,
    chunkBytes: Number(all.chunkBytes) / turns,
    collections: Number(all.collections) / turns,
  };
}

async function measurePeer(
  entry: Extract<Entry, {module: string}>,
  workload: Workload,
  job: Job,
  engine: Engine,
): Promise<XsResult | undefined> {
  let program: string;
  try {
    program = await bundlePeerForXs(entry, workload, job);
  } catch (error) {
    if (error instanceof InputError) return `no bundle: ${error.found}`;
    throw error;
  }
  const {output, exit} = await runOnXs({
    program,
    engine,
    timeoutMilliseconds: PATIENCE,
    creation: {memoryLimit: 1 << 30},
  });
  if (exit.kind !== "ok") return exit.kind === "timeout" ? "over 20 s" : `${exit.kind}: ${exit.message}`;
  return (JSON.parse(output[0]) as XsFigures | null) ?? undefined;
}
