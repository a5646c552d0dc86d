import {existsSync} from "node:fs";
import {join} from "node:path";
import {compile} from "../../compiler/compile.js";
import {reportOf} from "../../compiler/report.js";
import type {PageTable, TableRow} from "./page.js";
import type {Problem, RealData, Trial} from "./problem.js";
import {problems} from "./problems.js";
import {spreadOf} from "./spread.js";
import type {TableOptions} from "./table-options.js";
import {count, spreadCells} from "./text.js";

/** How well each problem is learned, over many seeds, and what its network takes. */
export async function accuracyTable({seeds, folder, onRow, onAbsent}: TableOptions): Promise<PageTable> {
  const rows: TableRow[] = [];
  for (const problem of problems) {
    const {data} = problem;
    const absent = data !== undefined && !isThere(folder, data);
    if (absent) onAbsent?.(data);
    const added = absent ? unchangedRows(problem) : rowsOf(problem, await problem.load(folder), seeds);
    for (const row of added) onRow?.(row);
    rows.push(...added);
  }
  return {
    name: "accuracy",
    columns: [
      "what is asked",
      "network and training",
      ">mean",
      ">deviation",
      ">worst",
      ">best",
      ">parameters",
      ">arena to infer",
      ">to learn online",
      ">with Adam",
    ],
    rows,
  };
}

/** @returns whether the data lie in the folder */
export function isThere(folder: string, {path}: RealData): boolean {
  return existsSync(join(folder, path));
}

function unchangedRows({measures}: Problem): TableRow[] {
  return measures.map(({name}) => [name, undefined]);
}

function rowsOf({measures, network}: Problem, trial: Trial, seeds: number): TableRow[] {
  const scores = Array.from({length: seeds}, (_, k) => trial.score(k + 1));
  const {parameters, arenas} = reportOf(compile(trial.describe(1), []));
  const bytes = ["inference", "online-sgd", "adam"].map((wanted) =>
    count(arenas.find(({use}) => use === wanted)?.bytes ?? Number.NaN),
  );
  return measures.map((measure, k) => {
    const spread = spreadCells(measure, spreadOf(scores.map((ofSeed) => ofSeed[k])));
    return [measure.name, [network, ...spread, count(parameters), ...bytes]];
  });
}
