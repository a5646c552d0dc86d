import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "../../charts/chart.js";
import type {NetworkFigures} from "../model-report.js";
import {shorten} from "./parts.js";

/** Circles of a column at most; of more numbers the middle is left out. */
const SHOWN = 9;
const ROW = 26;
const COLUMN = 170;
const LETTERS = 18;

interface Unit {
  readonly column: number;
  readonly row: number;
  readonly name: string;
}

/** Draws inputs, layers and outputs as columns of circles, from left to right. */
export function networkChart({features, layers, outputs}: NetworkFigures): ChartOptions {
  const columns = [
    {size: features.length, title: count(features.length, "input"), below: "", names: features},
    ...layers.map(({units, type, activation}, k) => ({
      size: units,
      title: count(units, "unit"),
      below: activation === null ? type : `${type}, ${activation}`,
      names: k === layers.length - 1 ? outputs : [],
    })),
  ];
  const tallest = Math.max(...columns.map(({size}) => Math.min(size, SHOWN)));
  const units = columns.map(({size, names}, column) => unitsOf(size, names, column, tallest));
  const links = units
    .slice(1)
    .flatMap((to, k) => units[k].flatMap((from) => to.map((unit) => ({from, to: unit}))));
  const gaps = columns.flatMap(({size}, column) => (size > SHOWN ? [{column, row: (tallest - 1) / 2}] : []));
  const heads = columns.map(({title, below}, column) => ({column, title, below}));
  const last = columns.length - 1;
  const margins = {top: 78, right: 150, bottom: 12, left: 150};
  const wide = Math.max(1, last) * COLUMN;
  const named = (column: number) => units[column].filter(({name}) => name !== "");
  return {
    title: "The network",
    summary: columns.map(({title, below}) => (below === "" ? title : `${title} (${below})`)).join(", then "),
    width: margins.left + wide + margins.right,
    height: margins.top + tallest * ROW + margins.bottom,
    margins,
    x: {domain: [0, Math.max(1, last)], axis: null},
    y: {domain: [tallest - 0.5, -0.5], axis: null},
    marks: [
      Plot.link(links, {
        x1: ({from}) => from.column,
        y1: ({from}) => from.row,
        x2: ({to}) => to.column,
        y2: ({to}) => to.row,
        stroke: "currentColor",
        strokeOpacity: Math.max(0.07, Math.min(0.3, 20 / links.length)),
      }),
      Plot.dot(units.flat(), {
        x: "column",
        y: "row",
        r: 6,
        fill: "var(--accent)",
        stroke: "var(--ground)",
        strokeWidth: 2,
      }),
      Plot.text(gaps, {
        x: "column",
        y: "row",
        text: () => "⋮",
        fontSize: 18,
        stroke: "var(--ground)",
        strokeWidth: 8,
        fill: "currentColor",
      }),
      Plot.text(heads, {
        x: "column",
        frameAnchor: "top",
        text: "title",
        fontWeight: "bold",
        dy: -40,
        lineAnchor: "bottom",
      }),
      Plot.text(heads, {x: "column", frameAnchor: "top", text: "below", dy: -24, lineAnchor: "bottom"}),
      Plot.text(named(0), {x: "column", y: "row", text: "name", textAnchor: "end", dx: -14}),
      Plot.text(named(last), {x: "column", y: "row", text: "name", textAnchor: "start", dx: 14}),
    ],
  };
}

/** Centred in the tallest column's height; of many, the first and the last ones. */
function unitsOf(size: number, names: readonly string[], column: number, tallest: number): Unit[] {
  const half = (SHOWN - 1) / 2;
  const shown =
    size <= SHOWN
      ? Array.from({length: size}, (_, k) => k)
      : Array.from({length: SHOWN - 1}, (_, k) => (k < half ? k : size - SHOWN + 1 + k));
  const top = (tallest - Math.min(size, SHOWN)) / 2;
  return shown.map((index, k) => ({
    column,
    row: top + (size > SHOWN && k >= half ? k + 1 : k),
    name: shorten(names[index] ?? "", LETTERS),
  }));
}

function count(size: number, what: string): string {
  return `${size.toLocaleString("en-US")} ${what}${size === 1 ? "" : "s"}`;
}
