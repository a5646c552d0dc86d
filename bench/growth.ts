import * as Plot from "@observablehq/plot";
import {type ChartOptions, Colour} from "../host-sim/charts/chart.js";
import {type Workload, weightsOf} from "./workload.js";

/**
 * Networks of nine inputs, four outputs and ever more hidden units, from 100 weights to 300,000. Units grow with the weights
 * here: a unit costs something beside its weights.
 */
export const growingWorkloads: readonly Workload[] = Object.freeze(
  [8, 24, 80, 232, 768, 2304, 7696, 23_080].map((hidden): Workload => {
    const sizes = [9, hidden, 4];
    return {name: sizes.join("-"), sizes, kind: "classifier"};
  }),
);

/** What one of these networks costs. */
export interface GrowthPoint {
  readonly workload: Workload;
  readonly inference: number;
  readonly step: number;
}

/** A straight line through points, whatever their size. */
export interface Line {
  /** Of no weights at all. */
  readonly start: number;
  readonly perWeight: number;
  /** The largest share by which a point lies off the line. */
  readonly deviation: number;
}

/**
 * The line with the least sum of squared relative deviations: a large network doesn't outweigh the small ones.
 * @param points at least two of different weights
 */
export function fitLine(points: readonly {readonly weights: number; readonly value: number}[]): Line {
  // Weighted least squares, with weights 1 / value^2.
  let s = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  for (const {weights: x, value: y} of points) {
    const w = 1 / (y * y);
    s += w;
    sx += w * x;
    sy += w * y;
    sxx += w * x * x;
    sxy += w * x * y;
  }
  const perWeight = (s * sxy - sx * sy) / (s * sxx - sx * sx);
  const start = (sy - perWeight * sx) / s;
  const deviation = Math.max(
    ...points.map(({weights, value}) => Math.abs(value / (start + perWeight * weights) - 1)),
  );
  return {start, perWeight, deviation};
}

/** @returns the lines of inferences and of steps */
export function linesOf(points: readonly GrowthPoint[]): {inference: Line; step: Line} {
  const line = (what: "inference" | "step") =>
    fitLine(points.map((point) => ({weights: weightsOf(point.workload), value: point[what]})));
  return {inference: line("inference"), step: line("step")};
}

/** @param unit what is counted, as "bytecodes on XS" */
export function growthChart(unit: string, points: readonly GrowthPoint[]): ChartOptions {
  const lines = linesOf(points);
  const series = [
    {name: "online step", what: "step", colour: Colour.validation, symbol: "diamond"},
    {name: "inference", what: "inference", colour: Colour.training, symbol: "circle"},
  ] as const;
  const ends = [weightsOf(points[0].workload), weightsOf(points[points.length - 1].workload)];
  const along = Array.from({length: 60}, (_, k) => ends[0] * (ends[1] / ends[0]) ** (k / 59));
  return {
    title: `Growth: ${unit} against the number of weights`,
    summary: series.map(({name, what}) => `${name}: ${lines[what].perWeight.toFixed(1)} a weight`).join(", "),
    width: 640,
    height: 400,
    margins: {top: 44, right: 24, bottom: 46, left: 84},
    x: {
      type: "log",
      label: "weights",
      labelAnchor: "center",
      labelArrow: "none",
      grid: true,
      tickFormat: "~s",
    },
    y: {
      type: "log",
      label: unit,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 74,
      grid: true,
      tickFormat: "~s",
    },
    marks: series.flatMap(({name, what, colour, symbol}, index) => {
      const {start, perWeight} = lines[what];
      const last = points[points.length - 1];
      return [
        Plot.line(
          along.map((weights) => ({weights, value: start + perWeight * weights})),
          {x: "weights", y: "value", stroke: colour, strokeWidth: 1.5},
        ),
        Plot.dot(
          points.map((point) => ({weights: weightsOf(point.workload), value: point[what]})),
          {x: "weights", y: "value", fill: colour, symbol, r: 4.5},
        ),
        Plot.text([{weights: weightsOf(last.workload), value: last[what]}], {
          x: "weights",
          y: "value",
          text: () => name,
          textAnchor: "end",
          dx: -10,
          dy: index === 0 ? -10 : 14,
        }),
      ];
    }),
  };
}
