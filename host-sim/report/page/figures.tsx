import type {VNode} from "preact";
import {percentText} from "../../metrics/percent.js";
import type {ModelReport} from "../model-report.js";

/**
 * Shows figures of a report by their place in its JSON, as "flash.imageBytes" or "memory.0.bytes". Each becomes a `data`
 * element with that place, the very number, and a text for people; so what stands in the page is what the JSON holds.
 * All throw an Error where there is no number, a defect of ours.
 */
export interface Figures {
  /** A whole number, or one rounded to a whole. */
  count(path: string): VNode;
  bytes(path: string): VNode;
  /** A share of 0 to 1 as percent; a dash for null. */
  share(path: string): VNode;
  /** A score that is at most 1, with three digits behind the point; a dash for null. */
  score(path: string): VNode;
  /** A loss, with four digits behind the point; a dash for null. */
  loss(path: string): VNode;
  /** Four digits; a dash for null. */
  number(path: string): VNode;
  /** From the least to the most, in milliseconds. @param path of a TimeEstimate */
  time(path: string): VNode;
}

export function figuresOf(report: ModelReport): Figures {
  const data = (path: string, text: (value: number) => string): VNode => {
    const value = at(report, path);
    if (value === null) return <span>–</span>;
    if (typeof value !== "number") throw new Error(`the report has no number at ${path}`);
    return (
      <data value={`${value}`} data-figure={path}>
        {text(value)}
      </data>
    );
  };
  const unit = (text: string) => <span class="unit">{text}</span>;
  return {
    count: (path) => data(path, wholeText),
    bytes: (path) => (
      <>
        {data(path, wholeText)}
        {unit("bytes")}
      </>
    ),
    share: (path) => data(path, percentText),
    score: (path) => data(path, (score) => score.toFixed(3)),
    loss: (path) => data(path, (loss) => loss.toFixed(4)),
    number: (path) => data(path, (number) => `${Number(number.toPrecision(4))}`),
    time: (path) => (
      <>
        {data(`${path}.least`, roughText)}–{data(`${path}.most`, roughText)}
        {unit("ms")}
      </>
    ),
  };
}

/** @returns the number with thousands separators, rounded to a whole one */
export function wholeText(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Estimates are no better than two digits. */
function roughText(value: number): string {
  return value.toLocaleString("en-US", {maximumSignificantDigits: 2});
}

function at(report: ModelReport, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], report);
}
