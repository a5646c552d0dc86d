import {exp} from "../../runtime/numbers/exp.js";
import {log} from "../../runtime/numbers/log.js";
import type {Random} from "../../runtime/random.js";
import type {Dimension, Range} from "./space.js";

/** Dimensions that count something. */
const whole: readonly Dimension[] = ["batch", "epochs"];

/** @returns what a grid takes of a range: its ends and the middle between them, each once */
export function pointsOf(dimension: Dimension, range: Range): number[] {
  const {from, to, scale} = range;
  const middle = scale === "log" ? Math.sqrt(from * to) : (from + to) / 2;
  return [...new Set([from, roundFor(dimension, middle, range), to])];
}

/** @returns a number of the range, each as likely as any other on the range's scale */
export function drawFrom(dimension: Dimension, range: Range, random: Random): number {
  const {from, to, scale} = range;
  const u = random.uniform();
  if (scale === "log") return roundFor(dimension, from * exp(u * log(to / from)), range);
  if (whole.includes(dimension)) return from + Math.floor(u * (to - from + 1));
  return roundFor(dimension, from + u * (to - from), range);
}

/** Three digits are all that such a number is worth, and what a person can read. */
function roundFor(dimension: Dimension, value: number, {from, to}: Range): number {
  const rounded = whole.includes(dimension) ? Math.round(value) : Number(value.toPrecision(3));
  return Math.min(Math.max(rounded, from), to);
}
