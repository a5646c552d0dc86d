import {execFileSync} from "node:child_process";
import {readFile} from "node:fs/promises";
import path from "node:path";
import {findArmCompiler} from "../host-sim/xs/c-compiler.js";
import {benchFolder} from "./folder.js";
import {type NativeJob, type NativeResult, nativeJobs} from "./lanes/native.js";

/** What repeats exactly from run to run: of one turn of the network alone. */
export interface Counts {
  readonly bytecodes: number;
  readonly slots: number;
  readonly chunkBytes: number;
  readonly collections: number;
  /** Of a Cortex-M4F. */
  readonly instructions: number;
}

/** Counts by set of kernels, workload and job. */
export type CountTable = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, Partial<Counts>>>>>>
>;

/** Instructions of a Cortex-M4F for a call of the kernels in C, by workload. */
export type CallCounts = Readonly<Record<string, NativeResult>>;

/** The file of counts: what is kept, and what it holds for. */
export interface StoredCounts {
  /** Another version counts otherwise. */
  readonly engine: string;
  /** Another compiler makes other instructions. */
  readonly compiler: string;
  readonly counts: CountTable;
  readonly calls: CallCounts;
}

export const countsFile: string = path.join(benchFolder, "counts.json");
export const renewal = "npm run bench -- xs cortex-m4 native --without-peers --write";

export async function readCounts(): Promise<StoredCounts> {
  return JSON.parse(await readFile(countsFile, "utf8")) as StoredCounts;
}

/** @returns name and version of the compiler for the Cortex-M @throws InputError when there is none */
export function armCompilerVersion(): string {
  const {executable} = findArmCompiler();
  return `arm-none-eabi-gcc ${execFileSync(executable, ["-dumpfullversion"], {encoding: "utf8"}).trim()}`;
}

/** A count may grow by this share before it fails. */
const TOLERANCE = 0.01;

/**
 * @param now of the same turn
 * @returns a sentence for each count that grew by more than 1 %, with the numbers before and now; for one that was 0, for any
 *   growth
 */
export function growthOf(turn: string, before: Partial<Counts>, now: Partial<Counts>): string[] {
  const sentences: string[] = [];
  for (const name of ["bytecodes", "slots", "chunkBytes", "collections", "instructions"] as const) {
    const was = before[name];
    const is = now[name];
    if (was === undefined || is === undefined || is <= was * (1 + TOLERANCE)) continue;
    const growth = was === 0 ? "" : `, ${((is / was - 1) * 100).toFixed(1)} % more`;
    sentences.push(`${turn}: ${name} grew from ${was} to ${is}${growth}`);
  }
  return sentences;
}

/** @returns a sentence for each job and set of kernels whose call grew by more than 1 % */
export function callGrowthOf(workload: string, before: NativeResult, now: NativeResult): string[] {
  return (Object.keys(nativeJobs) as NativeJob[]).flatMap((job) =>
    (["native", "native-single"] as const).flatMap((kernels) =>
      growthOf(
        `${workload}, ${nativeJobs[job]}, a call of ${kernels}`,
        {instructions: before[job][kernels]},
        {instructions: now[job][kernels]},
      ),
    ),
  );
}
