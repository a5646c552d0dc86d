import * as Plot from "@observablehq/plot";
import type {AnomalyMetrics} from "../metrics/anomaly.js";
import {Colour, drawChart} from "./chart.js";

const WIDTH = 640;
const HEIGHT = 240;
const MARGINS = Object.freeze({top: 64, right: 24, bottom: 46, left: 72});

/**
 * Draws anomaly scores: a line an example, anomalies above normal ones, and the threshold through both. The scale is that
 * of the square root, as scores are squares. Scores that aren't finite are left out.
 *
 * @param title the chart's
 * @param scores of each example
 * @param anomalous of each example, whether it is an anomaly
 * @returns an SVG document
 */
export function drawScores(
  title: string,
  {areaUnderRoc, normal, anomalies, threshold}: AnomalyMetrics,
  scores: readonly number[],
  anomalous: readonly boolean[],
): string {
  const drawn = scores.flatMap((score, k) =>
    Number.isFinite(score) ? [{score, kind: anomalous[k] ? "anomaly" : "normal"}] : [],
  );
  const summary = [
    `area under ROC ${areaUnderRoc === null ? "-" : areaUnderRoc.toFixed(4)}`,
    `alarms for ${normal.alarms ?? "-"} of ${normal.examples} normal examples`,
    `${anomalies.alarms ?? "-"} of ${anomalies.examples} anomalies`,
  ].join(", ");
  const colourOf = ({kind}: {kind: string}) => (kind === "normal" ? Colour.training : Colour.validation);
  return drawChart({
    title,
    summary,
    width: WIDTH,
    height: HEIGHT,
    margins: MARGINS,
    x: {type: "sqrt", label: "score", labelAnchor: "center", labelArrow: "none", nice: true},
    y: {type: "band", domain: ["anomaly", "normal"], label: null},
    marks: [
      Plot.tickX(drawn, {x: "score", y: "kind", stroke: colourOf, strokeOpacity: 0.6, inset: 8}),
      ...(threshold === null
        ? []
        : [
            Plot.ruleX([threshold], {stroke: "currentColor", strokeDasharray: "1,3"}),
            Plot.text([threshold], {
              x: (value: number) => value,
              text: () => "threshold",
              frameAnchor: "top",
              dy: -8,
            }),
          ]),
      Plot.text([summary], {frameAnchor: "top-left", dx: 8 - MARGINS.left, dy: 34 - MARGINS.top}),
    ],
  });
}
