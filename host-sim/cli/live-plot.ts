import {blue, cyan, green, magenta, plot, red, reset, yellow} from "asciichart";
import colours from "picocolors";

const HEIGHT = 8;
/** What is left of a terminal's width beside the scale. */
const SCALE_WIDTH = 12;
/** Milliseconds between two drawings. */
const PAUSE = 100;
const palette = [red, green, blue, yellow, magenta, cyan];

/** Samples as lines that move through the terminal, drawn in place; nothing at all where there is none. */
export class LivePlot {
  readonly #axes: readonly string[];
  readonly #series: number[][];
  readonly #isShown: boolean;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #lines = 0;

  constructor(axes: readonly string[], isShown = process.stdout.isTTY === true) {
    this.#axes = axes;
    this.#series = axes.map(() => []);
    this.#isShown = isShown;
  }

  /** @param text stands below the plot */
  add(sample: readonly number[], text: string): void {
    if (!this.#isShown) return;
    const width = Math.max(10, (process.stdout.columns ?? 80) - SCALE_WIDTH);
    this.#series.forEach((series, k) => {
      series.push(sample[k]);
      if (series.length > width) series.shift();
    });
    if (performance.now() - this.#drawnAt >= PAUSE) this.#draw(text);
  }

  /** Takes it away again. */
  clear(): void {
    if (this.#lines > 0) process.stdout.write(`\u001b[${this.#lines}A\u001b[J`);
    this.#lines = 0;
    this.#drawnAt = Number.NEGATIVE_INFINITY;
    for (const series of this.#series) series.length = 0;
  }

  #draw(text: string): void {
    const colors = this.#axes.map((_, k) => (colours.isColorSupported ? palette[k % palette.length] : reset));
    const names = this.#axes.map((axis, k) => `${colors[k]}${axis}${reset}`).join(" ");
    const drawing = `${plot(this.#series, {height: HEIGHT, colors})}\n  ${names}  ${text}\n`;
    const up = this.#lines > 0 ? `\u001b[${this.#lines}A\u001b[J` : "";
    process.stdout.write(up + drawing);
    this.#lines = drawing.split("\n").length - 1;
    this.#drawnAt = performance.now();
  }
}
