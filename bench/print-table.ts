import {print, tableText} from "../host-sim/cli/print.js";
import type {PageTable} from "../host-sim/experiments/page.js";
import {NOTHING} from "./page.js";

/** Prints what shownTable gives, and nothing where there are no figures. */
export function printPageTable(table: PageTable): void {
  const text = shownTable(table);
  if (text !== undefined) print(`${text}\n`);
}

/**
 * A table for reading on a terminal: without the rows and the columns that nothing was measured for.
 * @returns undefined where no figures are left
 */
export function shownTable({name, columns, rows}: PageTable): string | undefined {
  const measured = rows.flatMap(([first, rest]) => (rest === undefined ? [] : [[first, ...rest]]));
  const shown = columns.flatMap((_, k) => (measured.some((row) => row[k] !== NOTHING) ? [k] : []));
  // The first names the rows.
  if (shown.length < 2) return undefined;
  const table = tableText(
    shown.map((k) => columns[k]),
    measured.map((row) => shown.map((k) => row[k])),
  );
  return `  ${titles[name] ?? name}\n${table}`;
}

/** By the names that the page's markers have. */
const titles: Readonly<Record<string, string>> = Object.freeze({
  "counts-portable": "ganglion, portable kernels",
  "counts-generated": "ganglion, generated kernels",
  "counts-native": "ganglion, kernels in C",
  "counts-native-single": "ganglion, kernels in C in single precision",
  xs: "bytecodes on XS, and in brackets the slots + chunk bytes that a turn allocates",
  node: "how many times as long as ganglion with portable kernels: median (least to most)",
  calls: "instructions of an emulated Cortex-M4F, C alone",
  native: "time on this computer, C alone",
  growth: "growing networks",
  "growth-lines": "lines through them",
});
