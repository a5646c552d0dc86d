import {join} from "node:path";
import {Argument, Command, InvalidArgumentError} from "commander";
import {drawChart} from "../host-sim/charts/chart.js";
import {buildEngineWithProgress} from "../host-sim/cli/build-engine.js";
import {heading, print, printJson} from "../host-sim/cli/print.js";
import {runProgram} from "../host-sim/cli/run-program.js";
import {layTable, type PageTable} from "../host-sim/experiments/page.js";
import {readTextFile} from "../host-sim/files/read-text.js";
import {writeFiles} from "../host-sim/files/write-files.js";
import {InputError} from "../runtime/input-error.js";
import {ours} from "./contenders/table.js";
import {armCompilerVersion, type CountTable, readCounts, type StoredCounts} from "./counts.js";
import {benchFolder} from "./folder.js";
import {growthChart} from "./growth.js";
import {type Lane, type LaneResult, lanes} from "./lanes/table.js";
import {
  callsTable,
  countsTable,
  growthTable,
  kernelsTable,
  linesTable,
  nanosecondsTable,
  nativeCallsTable,
  nodeTable,
  xsTable,
} from "./page.js";
import {installPeers} from "./peers.js";
import {printPageTable} from "./print-table.js";
import type {Workload} from "./workload.js";

const docs = join(benchFolder, "../docs");
const PAGE = "benchmarks.md";

interface Flags {
  readonly only?: readonly Workload[];
  readonly json?: true;
  readonly write?: true;
  /** commander's name for --without-peers */
  readonly withoutPeers?: true;
}

const names = Object.keys(lanes) as Lane[];
/** All that any lane has. */
const allWorkloads = [...new Set(names.flatMap((name) => lanes[name].workloads))];

const program = new Command("npm run bench --")
  .description("measure what networks cost, here and in other packages")
  .addArgument(
    new Argument("[lanes...]", "where to measure; all that can run here when left out").choices(names),
  )
  .option(
    "--only <workload>",
    `measure this network alone, of ${namesOf(allWorkloads)}; may be given more than once`,
    workloadNamed,
  )
  .option("--json", "print everything as one JSON object")
  .option("--without-peers", "measure this package alone; installs nothing")
  .option(
    "--write",
    "lay the tables into docs/benchmarks.md, and what repeats exactly into bench/counts.json",
  )
  .exitOverride()
  .action(run);

await runProgram(program, "bench");

async function run(wanted: Lane[], {only, json, write, withoutPeers}: Flags): Promise<void> {
  // All lanes that were asked for must run; of all that there are, those that can.
  const mustRun = wanted.length > 0;
  const chosen = mustRun ? wanted : names;
  if (!withoutPeers && chosen.some((name) => lanes[name].needsPeers && workloadsOf(name, only).length > 0))
    installPeers();
  const results = new Map<Lane, LaneResult>();
  for (const name of chosen) {
    const why = whyNothing(name, only) ?? (await lanes[name].whyNot?.());
    if (why !== undefined) {
      if (mustRun) throw new InputError(`lane ${name}`, "one that can run here", "one that can't", why);
      process.stderr.write(`NOT MEASURED: ${name}. ${why}\n`);
      continue;
    }
    if (!json) heading(name);
    const result = await lanes[name].measure({
      withPeers: withoutPeers !== true,
      workloads: workloadsOf(name, only),
      buildEngine: (target) => buildEngineWithProgress(!json, target, {...process.env, MODDABLE: ""}),
      onNote: (note) => process.stderr.write(`  ${note}\n`),
    });
    results.set(name, result);
    if (!json) for (const table of tablesOf(result)) printPageTable(table);
  }
  if (json) printJson(Object.fromEntries([...results].map(([name, result]) => [name, jsonOf(result)])));
  if (write) await writeResults([...results.values()], withoutPeers !== true);
}

/** @returns those of a lane's networks that were asked for */
function workloadsOf(lane: Lane, only: readonly Workload[] | undefined): readonly Workload[] {
  return lanes[lane].workloads.filter((workload) => only?.includes(workload) ?? true);
}

/** @returns why --only leaves a lane nothing to measure, and what to do; undefined where it leaves something */
function whyNothing(lane: Lane, only: readonly Workload[] | undefined): string | undefined {
  if (only === undefined || workloadsOf(lane, only).length > 0) return undefined;
  const known = lanes[lane].workloads;
  return known.length === 0
    ? "It has networks of its own: leave --only out."
    : `With --only, name one of its ${namesOf(known)}.`;
}

/** One more workload. */
function workloadNamed(name: string, before: readonly Workload[] = []): readonly Workload[] {
  const found = allWorkloads.find((workload) => workload.name === name);
  if (found === undefined) throw new InvalidArgumentError(`Known are ${namesOf(allWorkloads)}.`);
  return [...before, found];
}

function namesOf(some: readonly Workload[]): string {
  return some.map(({name}) => name).join(", ");
}

function tablesOf({counts, xs, node, calls, nanoseconds, growth}: LaneResult): PageTable[] {
  return [
    ...(counts === undefined ? [] : ours.map(({kernels}) => countsTable(kernels, counts))),
    ...(xs === undefined ? [] : [xsTable(xs)]),
    ...(node === undefined ? [] : [nodeTable(node)]),
    ...(calls === undefined ? [] : [callsTable(calls)]),
    ...(nanoseconds === undefined ? [] : [nanosecondsTable(nanoseconds)]),
    ...(growth === undefined ? [] : [growthTable(growth), linesTable(growth)]),
  ];
}

/** Maps as objects. */
function jsonOf(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, jsonOf(entry)]));
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, jsonOf(entry)]));
}

async function writeResults(results: readonly LaneResult[], withPeers: boolean): Promise<void> {
  const stored = await readCounts();
  const counts = results.reduce((table, result) => mergeCounts(table, result.counts ?? {}), stored.counts);
  const compiler = results.some(({usesChip}) => usesChip) ? armCompilerVersion() : stored.compiler;
  const engine = results.find((result) => result.engineVersion !== undefined)?.engineVersion;
  const calls = Object.assign({}, stored.calls, ...results.map((result) => result.calls ?? {}));
  const file: StoredCounts = {engine: engine ?? stored.engine, compiler, counts, calls};
  const place = join(docs, PAGE);
  let page = await readTextFile(place);
  const files: Record<string, string> = {};
  for (const {kernels} of ours) page = layTable(page, place, countsTable(kernels, counts));
  page = layTable(page, place, callsTable(calls));
  for (const result of results) {
    // Without peers their columns would be lost.
    const {xs, node, ...own} = result;
    for (const table of tablesOf(withPeers ? {...own, xs, node} : own))
      if (!table.name.startsWith("counts-") && table.name !== "calls") page = layTable(page, place, table);
    for (const [unit, points] of result.growth ?? [])
      files[`growth-${unit.replaceAll(" ", "-")}.svg`] = drawChart(growthChart(unit, points));
  }
  const others: Record<string, string> = {};
  for (const [name, table] of Object.entries({"kernels.md": kernelsTable, "native.md": nativeCallsTable}))
    others[name] = layTable(await readTextFile(join(docs, name)), join(docs, name), table(counts));
  // Behind all that may fail: the page and the counts are those of one run.
  await writeFiles(benchFolder, {"counts.json": `${JSON.stringify(file, undefined, 2)}\n`});
  await writeFiles(docs, {...files, ...others, [PAGE]: page});
  print(`Written to ${place} and ${join(benchFolder, "counts.json")}`);
}

/** @returns the first with what the second counts in its place */
function mergeCounts(before: CountTable, now: CountTable): CountTable {
  const merged: Record<string, Record<string, Record<string, object>>> = structuredClone(before);
  for (const [kernels, byWorkload] of Object.entries(now))
    for (const [workload, byJob] of Object.entries(byWorkload))
      for (const [job, figures] of Object.entries(byJob)) {
        merged[kernels] ??= {};
        merged[kernels][workload] ??= {};
        merged[kernels][workload][job] = {...merged[kernels][workload][job], ...figures};
      }
  return merged;
}
