import type {KernelSet} from "../compiler/kernels/kernel-set.js";
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

/** @returns the sets of kernels beside each other, of one network */
export function kernelsTable(counts: CountTable): PageTable {
  const workload = "60-32-16-6";
  const [bytecodes, instructions] = ["bytecodes", "instructions"] as const;
  return {
    name: "kernels",
    columns: [
      "a turn",
      ...[">portable, bytecodes", ">generated", ">native"],
      ...[">portable, instructions", ">generated", ">native", ">native-single"],
    ],
    rows: countedJobs
      .filter(({batch, optimizer}) => batch === 1 && optimizer !== "momentum")
      .map(({name}): TableRow => {
        const cell = (kernels: KernelSet, what: keyof Counts) =>
          countCell(counts, kernels, workload, name, what);
        return [
          name,
          [
            ...(["portable", "generated", "native"] as const).map((kernels) => cell(kernels, bytecodes)),
            ...ours.map(({kernels}) => cell(kernels, instructions)),
          ],
        ];
      }),
  };
}

/** @returns instructions of a Cortex-M4F with kernels in C beside the portable ones, from the smallest network to the largest */
export function nativeCallsTable(counts: CountTable): PageTable {
  const sets = ["portable", "native", "native-single"] as const;
  return {
    name: "native-calls",
    columns: ["a turn", ...sets.map((kernels) => `>${kernels}`)],
    rows: workloads.flatMap(({name: workload}) =>
      ["inference", "SGD, online"].map(
        (job): TableRow => [
          `${workload}, ${job}`,
          sets.map((kernels) => countCell(counts, kernels, workload, job, "instructions")),
        ],
      ),
    ),
  };
}

function countCell(
  counts: CountTable,
  kernels: KernelSet,
  workload: string,
  job: string,
  what: keyof Counts,
): string {
  const value = counts[kernels]?.[workload]?.[job]?.[what];
  return value === undefined ? NOTHING : count(Math.round(value));
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
