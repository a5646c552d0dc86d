import {findArmCompiler, findExecutable} from "../../host-sim/xs/c-compiler.js";
import type {Engine} from "../../host-sim/xs/engine.js";
import type {EngineTarget} from "../../host-sim/xs/engine-target.js";
import {ours, oursInNode, peers} from "../contenders/table.js";
import type {CallCounts, Counts, CountTable} from "../counts.js";
import {type GrowthPoint, growingWorkloads} from "../growth.js";
import {countedJobs, type Job, jobs} from "../job.js";
import type {Growth, Row} from "../page.js";
import {nativeWorkloads, type Workload, workloads} from "../workload.js";
import {countInstructions} from "./cortex-m4.js";
import {measureNative, type NativeResult} from "./native.js";
import {type Ratio, raceInNode} from "./node.js";
import {measureKernels, measureOnXs, type XsResult, xsVersion} from "./xs.js";

/** Where something is measured. */
export type Lane = "xs" | "node" | "cortex-m4" | "native" | "growth";

export interface LaneOptions {
  readonly withPeers: boolean;
  /** Of the lane's. */
  readonly workloads: readonly Workload[];
  /** With the engine's sources that the package brings, so that counts are those of one version. */
  readonly buildEngine: (target?: EngineTarget) => Promise<Engine>;
  /** Called with each thing that is done. */
  readonly onNote: (note: string) => void;
}

/** What a lane gave; each gives some of these. */
export interface LaneResult {
  readonly counts?: CountTable;
  readonly xs?: readonly Row<XsResult>[] | undefined;
  readonly node?: readonly Row<Ratio>[] | undefined;
  readonly growth?: Growth;
  /** Instructions of a call of the kernels in C. */
  readonly calls?: CallCounts;
  /** What a call takes on this computer. */
  readonly nanoseconds?: ReadonlyMap<string, NativeResult>;
  readonly engineVersion?: string;
  /** Whether counts hold for the compiler for the Cortex-M that is installed. */
  readonly usesChip?: true;
}

interface LaneDefinition {
  readonly needsPeers: boolean;
  /** Networks that --only chooses among; none where they are measured together alone. */
  readonly workloads: readonly Workload[];
  /** @returns why it can't run here, and what to do; undefined where it can */
  readonly whyNot?: () => string | undefined;
  readonly measure: (options: LaneOptions) => Promise<LaneResult>;
}

export const lanes: Readonly<Record<Lane, LaneDefinition>> = Object.freeze({
  xs: {needsPeers: true, workloads, measure: measureXs},
  node: {needsPeers: true, workloads, measure: measureNode},
  "cortex-m4": {needsPeers: false, workloads, whyNot: whyNoChip, measure: measureChip},
  native: {
    needsPeers: false,
    workloads: nativeWorkloads,
    whyNot: whyNoChip,
    measure: measureCalls,
  },
  growth: {needsPeers: false, workloads: [], whyNot: whyNoChip, measure: measureGrowth},
});

async function measureXs({withPeers, workloads, buildEngine, onNote}: LaneOptions): Promise<LaneResult> {
  const engine = await buildEngine();
  const entries = withPeers ? [...ours, ...peers] : ours;
  const rows: Row<XsResult>[] = [];
  const counts: CountRecord = {};
  for (const [workload, job] of turnsOf(workloads, countedJobs)) {
    const figures = new Map<string, XsResult>();
    for (const entry of jobs.includes(job) ? entries : ours) {
      const result = await measureOnXs(entry, workload, job, engine);
      if (result !== undefined) figures.set(entry.name, result);
      if ("kernels" in entry && typeof result === "object")
        note(counts, entry.kernels, workload, job, {...result, bytecodes: Math.round(result.bytecodes)});
    }
    rows.push({workload: workload.name, job: job.name, figures});
    onNote(`${workload.name}, ${job.name}`);
  }
  return {counts, xs: withPeers ? rows : undefined, engineVersion: await xsVersion(engine)};
}

async function measureNode({withPeers, workloads, onNote}: LaneOptions): Promise<LaneResult> {
  const entries = withPeers ? [...oursInNode, ...peers] : oursInNode;
  const rows: Row<Ratio>[] = [];
  for (const [workload, job] of turnsOf(workloads, jobs)) {
    const ratios = await raceInNode(workload, job, entries);
    rows.push({
      workload: workload.name,
      job: job.name,
      figures: new Map(ratios.map((ratio) => [ratio.name, ratio])),
    });
    onNote(`${workload.name}, ${job.name}`);
  }
  return {node: rows};
}

async function measureChip({workloads, buildEngine, onNote}: LaneOptions): Promise<LaneResult> {
  const engine = await buildEngine("cortex-m4f");
  const counts: CountRecord = {};
  for (const [workload, job] of turnsOf(workloads, countedJobs)) {
    for (const {kernels} of ours) {
      const instructions = await countInstructions(kernels, workload, job, engine);
      if (instructions !== undefined) note(counts, kernels, workload, job, {instructions});
    }
    onNote(`${workload.name}, ${job.name}`);
  }
  return {counts, usesChip: true};
}

async function measureCalls({workloads, onNote}: LaneOptions): Promise<LaneResult> {
  const instructions = await measureNative("cortex-m4f", workloads);
  onNote("instructions of an emulated Cortex-M4F");
  return {
    calls: Object.fromEntries(instructions),
    nanoseconds: await measureNative("computer", workloads),
    usesChip: true,
  };
}

async function measureGrowth({buildEngine, onNote}: LaneOptions): Promise<LaneResult> {
  const engine = await buildEngine();
  const chip = await buildEngine("cortex-m4f");
  const [{kernels}] = ours;
  const [inference, step] = jobs;
  const bytecodes: GrowthPoint[] = [];
  const instructions: GrowthPoint[] = [];
  for (const workload of growingWorkloads) {
    const onXs = async (job: Job) => (await measureKernels(kernels, workload, job, engine)).bytecodes;
    const onChip = async (job: Job) => Number(await countInstructions(kernels, workload, job, chip));
    bytecodes.push({workload, inference: await onXs(inference), step: await onXs(step)});
    instructions.push({workload, inference: await onChip(inference), step: await onChip(step)});
    onNote(workload.name);
  }
  return {
    growth: new Map([
      ["bytecodes", bytecodes],
      ["M4 instructions", instructions],
    ]),
  };
}

type CountRecord = Record<string, Record<string, Record<string, Partial<Counts>>>>;

function note(
  counts: CountRecord,
  kernels: string,
  {name: workload}: Workload,
  {name: job}: Job,
  figures: Partial<Counts>,
): void {
  counts[kernels] ??= {};
  counts[kernels][workload] ??= {};
  counts[kernels][workload][job] = figures;
}

function turnsOf(workloads: readonly Workload[], among: readonly Job[]): [Workload, Job][] {
  return workloads.flatMap((workload) => among.map((job): [Workload, Job] => [workload, job]));
}

function whyNoChip(): string | undefined {
  if (!findExecutable("qemu-system-arm", process.env.PATH ?? ""))
    return "Install the emulator, for instance with `apt-get install qemu-system-arm`.";
  try {
    findArmCompiler();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
