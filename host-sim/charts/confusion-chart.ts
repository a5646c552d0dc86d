import * as Plot from "@observablehq/plot";
import type {ClassificationScores} from "../metrics/classification.js";
import {percentText} from "../metrics/percent.js";
import {Colour, drawChart} from "./chart.js";

/** Pixels of a cell; a count of five digits fits. */
const CELL = 48;
/** Letters of a label that are shown, and the pixels that each takes at most. */
const LETTERS = 16;
const LETTER = 7.5;
/** The same of the title. */
const TITLE_LETTER = 9;
/** The strongest colour of a cell, from 0 to 1: text stays readable on it, dark on light as well as light on dark. */
const STRONGEST = 0.75;

/**
 * Draws a confusion matrix: how often each label's examples, a row, were taken for each label, a column. A cell's colour
 * is its share of the row. Empty cells are left out.
 *
 * @param title the chart's
 * @returns an SVG document
 */
export function drawConfusion(
  title: string,
  {labels, confusion, accuracy, correct, examples}: ClassificationScores,
): string {
  const shown = labels.map(shorten);
  const longest = shown.reduce((most, label) => Math.max(most, label.length), 0) * LETTER;
  const cells = confusion.flatMap((row, is) => {
    const sum = row.reduce((so, count) => so + count, 0);
    return row.flatMap((count, said) => (count === 0 ? [] : [{is, said, count, share: count / sum}]));
  });
  const margins = {top: 64, right: 24, bottom: 44 + longest * Math.SQRT1_2, left: 44 + longest};
  const side = labels.length * CELL;
  // As wide as its title, however few labels there are.
  const width = Math.max(margins.left + side + margins.right, 16 + title.length * TITLE_LETTER);
  const domain = labels.map((_, index) => index);
  const axis = {
    domain,
    tickFormat: (index: number) => shown[index],
    tickSize: 0,
    labelArrow: "none",
    labelAnchor: "center",
  } as const;
  return drawChart({
    title,
    summary: `${correct} of ${examples} right`,
    width,
    height: margins.top + side + margins.bottom,
    margins: {...margins, right: width - margins.left - side},
    x: {
      ...axis,
      type: "band",
      label: "what the network said",
      tickRotate: -45,
      labelOffset: margins.bottom - 6,
    },
    y: {...axis, type: "band", label: "what it was", labelOffset: margins.left - 6},
    marks: [
      Plot.frame({strokeOpacity: 0.4}),
      Plot.cell(cells, {
        x: "said",
        y: "is",
        fill: Colour.training,
        fillOpacity: ({share}) => STRONGEST * share,
      }),
      Plot.text(cells, {x: "said", y: "is", text: "count", fontSize: 12}),
      Plot.text([`${correct} of ${examples} right, ${percentText(accuracy)}`], {
        frameAnchor: "top-left",
        dx: 8 - margins.left,
        dy: 34 - margins.top,
      }),
    ],
  });
}

function shorten(label: string): string {
  const letters = [...label];
  return letters.length <= LETTERS ? label : `${letters.slice(0, LETTERS - 1).join("")}…`;
}
