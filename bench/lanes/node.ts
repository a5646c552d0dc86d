import {execFile} from "node:child_process";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {promisify} from "node:util";
import {builtFile, bundleForNode} from "../bundle.js";
import {isMadeFor} from "../compiled.js";
import {type Entry, oursInNode, peers} from "../contenders/table.js";
import type {Job} from "../job.js";
import type {Workload} from "../workload.js";
import type {Race} from "./race.js";

/** How long one contender takes beside another. */
export interface Ratio {
  readonly name: string;
  /** Its time over that of the first contender, round by round: median, least and most; undefined where it can't do the
   * job. */
  readonly ratio: {readonly median: number; readonly least: number; readonly most: number} | undefined;
  /** Median, of this computer. */
  readonly nanoseconds: number | undefined;
}

/** All contenders at one job, in one process. */
export async function raceInNode(
  workload: Workload,
  job: Job,
  among: readonly Entry[] = [...oursInNode, ...peers],
): Promise<Ratio[]> {
  const entries = among.filter((entry) => !("kernels" in entry) || isMadeFor(entry.kernels, workload));
  const folder = await mkdtemp(path.join(tmpdir(), "ganglion-bench-"));
  try {
    const places: string[] = [];
    for (const [k, entry] of entries.entries()) {
      const place = path.join(folder, `${k}.cjs`);
      await writeFile(place, await bundleForNode(entry, workload, job));
      places.push(entry.name, place);
    }
    const {stdout} = await promisify(execFile)(process.execPath, [builtFile("lanes/race.js"), ...places], {
      maxBuffer: 1 << 24,
    });
    return ratiosOf(JSON.parse(stdout) as Race[]);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** @param races the first of which all others are compared with */
export function ratiosOf(races: readonly Race[]): Ratio[] {
  const base = races[0].nanoseconds ?? [];
  return races.map(({name, nanoseconds}) => {
    if (nanoseconds === undefined) return {name, ratio: undefined, nanoseconds: undefined};
    const ratios = nanoseconds.map((time, round) => time / base[round]);
    return {
      name,
      ratio: {median: medianOf(ratios), least: Math.min(...ratios), most: Math.max(...ratios)},
      nanoseconds: medianOf(nanoseconds),
    };
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
