import type {PageTable, TableRow} from "../host-sim/experiments/page.js";
import {count} from "../host-sim/experiments/text.js";
import {type Entry, ours, oursInNode, peers} from "./contenders/table.js";
import type {CallCounts, Counts, CountTable} from "./counts.js";
import {type GrowthPoint, type Line, linesOf} from "./growth.js";
import {countedJobs, jobs} from "./job.js";
import {type NativeJob, type NativeResult, nativeJobs} from "./lanes/native.js";
import type {Ratio} from "./lanes/node.js";
import type {XsResult} from "./lanes/xs.js";
import {nativeWorkloads, weightsOf, workloads} from "./workload.js";

/** Figures of one workload and job, by contender. */
export interface Row<Figure> {
  readonly workload: string;
  readonly job: string;
  readonly figures: ReadonlyMap<string, Figure>;
}

/** Stands for a figure that nobody measured. */
export const NOTHING = "-";

/** @returns what the network itself counts, one row a workload and job, for one set of kernels */
export function countsTable(kernels: string, counts: CountTable): PageTable {
  const rows = Object.entries(counts[kernels] ?? {}).flatMap(([workload, byJob]) =>
    countedJobs.flatMap(({name}): TableRow[] =>
      byJob[name] === undefined ? [] : [[`${workload}, ${name}`, countCells(byJob[name])]],
    ),
  );
  return {
    name: `counts-${kernels}`,
    columns: ["a turn", ">bytecodes", ">slots", ">chunk bytes", ">collections", ">M4 instructions"],
    rows,
  };
}

function countCells({bytecodes, slots, chunkBytes, collections, instructions}: Partial<Counts>): string[] {
  return [bytecodes, slots, chunkBytes, collections, instructions].map((value) =>
    value === undefined ? NOTHING : count(Math.round(value)),
  );
}

/** @returns bytecodes on XS, and in brackets slots and chunk bytes where a turn allocates any */
export function xsTable(rows: readonly Row<XsResult>[]): PageTable {
  return tableOf("xs", [...ours, ...peers], rows, (figure) => {
    if (typeof figure === "string") return figure;
    const {bytecodes, slots, chunkBytes} = figure;
    const allocated = slots + chunkBytes === 0 ? "" : ` (${count(slots)} + ${count(chunkBytes)})`;
    return `${count(Math.round(bytecodes))}${allocated}`;
  });
}

/** @returns how many times as long each contender takes as the first: median, and the least and the most of all rounds */
export function nodeTable(rows: readonly Row<Ratio>[]): PageTable {
  return tableOf("node", [...oursInNode, ...peers], rows, ({ratio}) =>
    ratio === undefined ? NOTHING : `${times(ratio.median)} (${times(ratio.least)} to ${times(ratio.most)})`,
  );
}

/** @returns instructions of a Cortex-M4F for a call of the kernels in C, without an engine around it */
export function callsTable(calls: CallCounts): PageTable {
  return {
    name: "calls",
    columns: ["a call", ">native", ">native-single", ">plain loops, single precision"],
    rows: nativeRows(Object.entries(calls), ({native, "native-single": single, plain}) =>
      [native, single, plain].map((value) => (value === undefined ? NOTHING : count(Math.round(value)))),
    ),
  };
}

/** @returns how many times as long a call takes as the plain loops */
export function nanosecondsTable(results: ReadonlyMap<string, NativeResult>): PageTable {
  return {
    name: "native",
    columns: ["a call", ">native, ns", ">native-single, ns", ">native / plain", ">native-single / plain"],
    // What wasn't measured stays on the page as it is.
    rows: nativeRows(
      nativeWorkloads.map(({name}) => [name, results.get(name)]),
      ({native, "native-single": single, plain}) => [
        count(Math.round(native)),
        count(Math.round(single)),
        plain === undefined ? NOTHING : times(native / plain),
        plain === undefined ? NOTHING : times(single / plain),
      ],
    ),
  };
}

function nativeRows(
  results: readonly (readonly [workload: string, result: NativeResult | undefined])[],
  cellsOf: (figures: NativeResult[NativeJob]) => string[],
): TableRow[] {
  return results.flatMap(([workload, result]) =>
    (Object.keys(nativeJobs) as NativeJob[]).map(
      (job): TableRow => [`${workload}, ${nativeJobs[job]}`, result && cellsOf(result[job])],
    ),
  );
}

function tableOf<Figure>(
  name: string,
  entries: readonly Entry[],
  rows: readonly Row<Figure>[],
  text: (figure: Figure) => string,
): PageTable {
  return {
    name,
    columns: ["a turn", ...entries.map((entry) => `>${entry.name}`)],
    rows: workloads.flatMap((workload) =>
      jobs.map((job): TableRow => {
        const row = rows.find((row) => row.workload === workload.name && row.job === job.name);
        // What wasn't measured stays on the page as it is.
        const cells = row && entries.map(({name}) => cellOf(row.figures.get(name), text));
        return [`${workload.name}, ${job.name}`, cells];
      }),
    ),
  };
}

function cellOf<Figure>(figure: Figure | undefined, text: (figure: Figure) => string): string {
  return figure === undefined ? NOTHING : text(figure);
}

/** What was measured of growing networks, by what is counted. */
export type Growth = ReadonlyMap<string, readonly GrowthPoint[]>;

export function growthTable(growth: Growth): PageTable {
  const units = [...growth.keys()];
  const points = [...growth.values()][0];
  return {
    name: "growth",
    columns: [
      "network",
      ">weights",
      ...units.flatMap((unit) => [`>inference, ${unit}`, `>online step, ${unit}`]),
    ],
    rows: points.map(({workload}, k) => [
      workload.name,
      [
        count(weightsOf(workload)),
        ...units.flatMap((unit) => {
          const {inference, step} = growth.get(unit)![k];
          return [count(Math.round(inference)), count(Math.round(step))];
        }),
      ],
    ]),
  };
}

export function linesTable(growth: Growth): PageTable {
  return {
    name: "growth-lines",
    columns: ["line", ">a weight", ">of no weights", ">farthest point from it"],
    rows: [...growth].flatMap(([unit, points]) => {
      const {inference, step} = linesOf(points);
      return [lineRow(`inference, ${unit}`, inference), lineRow(`online step, ${unit}`, step)];
    }),
  };
}

function lineRow(name: string, {perWeight, start, deviation}: Line): TableRow {
  return [name, [perWeight.toFixed(1), count(Math.round(start)), `${(deviation * 100).toFixed(1)} %`]];
}

function times(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2) : count(Math.round(ratio));
}
