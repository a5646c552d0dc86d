import * as Plot from "@observablehq/plot";
import type {ChartOptions} from "../../charts/chart.js";
import type {BufferFigures, PlanFigures} from "../model-report.js";
import {wholeText} from "./figures.js";
import {shorten} from "./parts.js";

const MOMENT = 54;
const LEAST_WIDTH = 560;
const HEIGHT = 300;
/** Pixels of a letter, at most, and of a line. */
const LETTER = 6.6;
const LINE = 13;
/** Letters of a moment's name that are shown, and the angle that they go down at. */
const LETTERS = 26;
const SLANT = (40 / 180) * Math.PI;

/** @returns whether a buffer holds parameters, or what the optimizer keeps of them: it stays all the time */
export function isKept({kind}: BufferFigures): boolean {
  return kind === "parameters" || kind === "gradients" || kind === "states";
}

/**
 * Draws who lies where in the arena at each moment: time from left to right, addresses from bottom to top. What is kept
 * of parameters lies below and would dwarf all else, so it is left out.
 *
 * @param number of each buffer, to find it in the table
 */
export function memoryChart(plan: PlanFigures, number: (buffer: BufferFigures) => number): ChartOptions {
  const {moments, buffers, bytes} = plan;
  const drawn = buffers.filter((buffer) => !isKept(buffer));
  const bottom = drawn.reduce((least, {at}) => Math.min(least, at), bytes);
  const width = Math.max(LEAST_WIDTH, moments.length * MOMENT);
  const perMoment = width / moments.length;
  const perByte = HEIGHT / (bytes - bottom);
  const boxes = drawn.map((buffer) => {
    const wide = (buffer.to + 1 - buffer.from) * perMoment;
    const letters = Math.floor((wide - 8) / LETTER);
    const name = `${number(buffer)} ${buffer.name}`;
    const fits = buffer.bytes * perByte >= LINE;
    return {
      ...buffer,
      end: buffer.to + 1,
      top: buffer.at + buffer.bytes,
      text: fits ? (letters >= 6 ? shorten(name, letters) : `${number(buffer)}`) : "",
      told: `${name}: bytes ${wholeText(buffer.at)} to ${wholeText(buffer.at + buffer.bytes - 1)}`,
    };
  });
  const names = moments.map((name, k) => `${k + 1} ${shorten(name, LETTERS)}`);
  const slanted = Math.max(...names.map(({length}) => length)) * LETTER;
  const margins = {
    top: 40,
    right: 12 + Math.ceil(slanted * Math.cos(SLANT)),
    bottom: 24 + Math.ceil(slanted * Math.sin(SLANT)),
    left: 78,
  };
  const ticks = moments.map((_, k) => k + 0.5);
  return {
    title: `The arena over time, ${plan.uses.join(", ")}`,
    summary: `${drawn.length} buffers in ${moments.length} steps; the table below has every figure`,
    width: margins.left + width + margins.right,
    height: margins.top + HEIGHT + margins.bottom,
    margins,
    x: {domain: [0, moments.length], axis: null},
    y: {
      domain: [bottom, bytes],
      label: "byte of the arena",
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 72,
      ticks: 6,
      tickFormat: (value: number) => wholeText(value),
    },
    marks: [
      Plot.ruleX([...moments.keys(), moments.length], {stroke: "var(--line)"}),
      Plot.rect(boxes, {
        x1: "from",
        x2: "end",
        y1: "at",
        y2: "top",
        fill: ({kind}) => `var(--kind-${kind})`,
        inset: 0.75,
        r: 3,
        title: "told",
      }),
      Plot.text(boxes, {
        x: "from",
        y: (box) => (box.at + box.top) / 2,
        text: "text",
        textAnchor: "start",
        dx: 6,
        fontSize: 11,
        pointerEvents: "none",
      }),
      Plot.axisX(ticks, {
        tickSize: 4,
        tickRotate: (SLANT * 180) / Math.PI,
        textAnchor: "start",
        tickFormat: (at: number) => names[Math.floor(at)],
        label: null,
      }),
    ],
  };
}
