import * as Plot from "@observablehq/plot";
import type {Epoch} from "../training/history.js";
import type {ChartOptions} from "./chart.js";

/** One line of a chart: a number an epoch. */
export interface Curve {
  readonly name: string;
  readonly colour: string;
  /** As stroke-dasharray takes it; a whole line when left out. */
  readonly dashes?: string;
  /** @returns undefined where there is no such number */
  readonly of: (epoch: Epoch) => number | undefined;
}

export interface CurvesOptions {
  readonly title: string;
  /** What the numbers are, for the axis. */
  readonly quantity: string;
  /** The least that the axis reaches up to; it begins at 0. */
  readonly top: number;
  readonly curves: readonly Curve[];
}

const WIDTH = 640;
const HEIGHT = 360;
const MARGINS = Object.freeze({top: 64, right: 24, bottom: 46, left: 72});
/** Dashes of the line at the epoch that was kept. */
const KEPT = "1,3";
/** Pixels between one curve's name and the next. */
const KEY_STEP = 200;

/**
 * Curves over the epochs, with a key that tells each curve's last number, and a line at the epoch that was kept when that
 * isn't the last. Numbers that aren't finite are left out.
 *
 * @param history at least one epoch
 */
export function curvesChart(
  history: readonly Epoch[],
  keptEpoch: number,
  {title, quantity, top, curves}: CurvesOptions,
): ChartOptions {
  const drawn = curves.map((curve) => ({
    ...curve,
    points: history
      .map((epoch) => ({epoch: epoch.epoch, value: curve.of(epoch) ?? Number.NaN}))
      .filter(({value}) => Number.isFinite(value)),
  }));
  const keys = drawn.map(({name, points}) => {
    const last = points[points.length - 1];
    return `${name} ${last === undefined ? "not finite" : digits(last.value)}`;
  });
  const epochs = history.length;
  const keptText = `epoch ${keptEpoch} kept`;
  const kept = keptEpoch === epochs ? [] : [keptEpoch];
  const values = drawn.flatMap(({points}) => points.map(({value}) => value));
  return {
    title: `${title} over ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`,
    summary: `At the end: ${[...keys, keptText].join(", ")}`,
    width: WIDTH,
    height: HEIGHT,
    margins: MARGINS,
    x: {
      label: "epoch",
      labelAnchor: "center",
      labelArrow: "none",
      domain: epochs === 1 ? [0, 1] : [1, epochs],
      // A scale of few epochs would get ticks between them.
      ...(epochs <= 10 ? {ticks: history.map(({epoch}) => epoch), tickFormat: "d"} : {}),
    },
    y: {
      label: quantity,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: MARGINS.left - 8,
      grid: true,
      nice: true,
      domain: [0, values.reduce((most, value) => Math.max(most, value), top)],
    },
    marks: [
      Plot.ruleX(kept, {stroke: "currentColor", ...dashed(KEPT)}),
      ...kept.flatMap(() => drawKey(keptText, drawn.length, "currentColor", KEPT)),
      Plot.ruleY([0]),
      ...drawn.flatMap(({points, colour, dashes}, index) => [
        Plot.line(points, {x: "epoch", y: "value", stroke: colour, strokeWidth: 2, ...dashed(dashes)}),
        // One epoch makes no line.
        ...(points.length === 1 ? [Plot.dot(points, {x: "epoch", y: "value", fill: colour})] : []),
        ...drawKey(keys[index], index, colour, dashes),
      ]),
    ],
  };
}

/** A stroke and a text over the chart, in its upper margin. */
function drawKey(text: string, index: number, colour: string, dashes: string | undefined): Plot.Markish[] {
  const left = index * KEY_STEP;
  const dy = -18;
  return [
    Plot.vector([text], {
      shape: {draw: (path, length) => drawStroke(path, length)},
      frameAnchor: "top-left",
      anchor: "start",
      rotate: 90,
      length: 26,
      dx: left,
      dy,
      stroke: colour,
      strokeWidth: 2,
      ...dashed(dashes),
    }),
    Plot.text([text], {frameAnchor: "top-left", lineAnchor: "middle", dx: left + 32, dy}),
  ];
}

function drawStroke(
  path: {moveTo(x: number, y: number): void; lineTo(x: number, y: number): void},
  length: number,
) {
  path.moveTo(0, 0);
  path.lineTo(0, -length);
}

function dashed(dashes: string | undefined) {
  return dashes === undefined ? {} : {strokeDasharray: dashes};
}

/** Four digits tell two trainings apart, and fit. */
function digits(value: number): string {
  return `${Number(value.toPrecision(4))}`;
}
