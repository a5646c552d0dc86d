import * as Plot from "@observablehq/plot";
import type {TargetScores} from "../metrics/regression.js";
import {type ChartOptions, Colour} from "./chart.js";

/** What a target was, and what the network said. */
export interface Prediction {
  readonly wanted: number;
  readonly output: number;
}

const WIDTH = 480;
const HEIGHT = 480;
const MARGINS = Object.freeze({top: 64, right: 24, bottom: 46, left: 72});

/**
 * Draws the predictions of one target: a dot an example, and a line where all would lie if they were exact. Outputs that
 * aren't finite are left out.
 *
 * @param title the chart's
 * @param predictions at least one
 */
export function predictionsChart(
  title: string,
  {name, r2, meanAbsoluteError}: TargetScores,
  predictions: readonly Prediction[],
): ChartOptions {
  const drawn = predictions.filter(({output}) => Number.isFinite(output));
  const values = drawn.flatMap(({wanted, output}) => [wanted, output]);
  const least = values.reduce((so, value) => Math.min(so, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((so, value) => Math.max(so, value), Number.NEGATIVE_INFINITY);
  const domain = drawn.length === 0 ? [0, 1] : [least, most];
  const scale = {domain, nice: true, grid: true, labelAnchor: "center", labelArrow: "none"} as const;
  const left = predictions.length - drawn.length;
  const summary = [
    `R2 ${digits(r2)}`,
    `mean absolute error ${digits(meanAbsoluteError)}`,
    `${predictions.length} examples`,
    ...(left > 0 ? [`${left} without a number`] : []),
  ].join(", ");
  return {
    title,
    summary,
    width: WIDTH,
    height: HEIGHT,
    margins: MARGINS,
    x: {...scale, label: `${name}, what it was`},
    y: {...scale, label: `${name}, what the network said`, labelOffset: MARGINS.left - 8},
    marks: [
      Plot.link([domain], {
        x1: "0",
        y1: "0",
        x2: "1",
        y2: "1",
        stroke: "currentColor",
        strokeOpacity: 0.6,
        strokeDasharray: "1,3",
      }),
      Plot.dot(drawn, {x: "wanted", y: "output", fill: Colour.training, fillOpacity: 0.6, r: 3}),
      Plot.text([summary], {frameAnchor: "top-left", dx: 8 - MARGINS.left, dy: 34 - MARGINS.top}),
    ],
  };
}

function digits(value: number | null): string {
  return value === null ? "-" : `${Number(value.toPrecision(4))}`;
}
