import * as Plot from "@observablehq/plot";
import {DOMParser} from "linkedom";

/** What all charts share; sizes are pixels of the SVG's own. */
export interface ChartOptions {
  readonly title: string;
  /** Read out to those who don't see the picture: what it shows, in numbers. */
  readonly summary: string;
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  readonly x: Plot.ScaleOptions;
  readonly y: Plot.ScaleOptions;
  /** Drawn one over the other, the first at the bottom. */
  readonly marks: readonly Plot.Markish[];
}

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Colours with a contrast of 3 and more to a white and to a dark ground; what they mark differs in form as well. */
export const Colour = Object.freeze({training: "#2f7fd1", validation: "#d9730d"});

/** The SVG follows what its reader has set, light or dark, wherever it stands: text and lines take the text's colour. */
const STYLE = `
svg { color: #1f2328; }
.ground { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  svg { color: #e6e8eb; }
  .ground { fill: #16191d; }
}
`;

/** Pixels that the title takes of the upper margin. */
const TITLE_HEIGHT = 28;

/** @returns a whole SVG document, on a ground of its own */
export function drawChart(options: ChartOptions): string {
  const {title, margins} = options;
  const {top, right, bottom, left} = margins;
  const {document, chart} = plot({
    ...options,
    marks: [
      Plot.frame({
        className: "ground",
        stroke: "none",
        fill: "white",
        insetTop: -top,
        insetRight: -right,
        insetBottom: -bottom,
        insetLeft: -left,
      }),
      Plot.text([title], {
        frameAnchor: "top-left",
        dx: 8 - left,
        dy: 12 - top,
        fontSize: 15,
        fontWeight: "bold",
      }),
      ...options.marks,
    ],
  });
  const style = document.createElement("style");
  style.textContent = STYLE;
  // Plot draws axes before any mark, so that the ground would lie on them.
  chart.prepend(style, ...chart.querySelectorAll(".ground"));
  return `${chart.outerHTML}\n`;
}

/**
 * For a page that has a ground, colours and a heading of its own.
 * @returns an SVG element, well-formed as XML, without title
 */
export function drawInline(options: ChartOptions): string {
  const {margins, height} = options;
  const {chart} = plot({
    ...options,
    height: height - TITLE_HEIGHT,
    margins: {...margins, top: margins.top - TITLE_HEIGHT},
  });
  return chart.outerHTML;
}

function plot({title, summary, width, height, margins, x, y, marks}: ChartOptions) {
  // An SVG document, not an HTML one, so that what comes out is well-formed XML.
  // It has of a browser's document all that Plot asks for.
  const document = new DOMParser().parseFromString("<svg/>", "image/svg+xml") as unknown as Document;
  const {top, right, bottom, left} = margins;
  const chart = Plot.plot({
    document,
    width,
    height,
    marginTop: top,
    marginRight: right,
    marginBottom: bottom,
    marginLeft: left,
    ariaLabel: title,
    ariaDescription: summary,
    style: {fontSize: "12px"},
    x,
    y,
    marks: [...marks],
  });
  chart.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  // Readers take the picture for one thing with a name, not for its single letters.
  chart.setAttribute("role", "img");
  return {document, chart};
}
