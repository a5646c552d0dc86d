import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {ModelReport} from "../../../host-sim/report/model-report.js";
import {renderReport} from "../../../host-sim/report/page/render.js";
import {themes} from "../../../host-sim/report/page/theme.js";
import {browserPath, type Opened, openPage, startBrowser, type View} from "./browser.js";
import {
  anomalyReport,
  bareReport,
  gestureReport,
  hostileClasses,
  hostileNames,
  hostileNumbers,
} from "./example-reports.js";

const wide: View = {width: 1280, scheme: "light"};
const phone: View = {width: 360, scheme: "dark"};

describe.skipIf(browserPath === undefined)("the report's page in a real browser", () => {
  let browser: Browser;
  let folder: string;
  let reports: Record<string, ModelReport>;
  /** Opened once: the tests only look. */
  const opened: Record<string, Opened> = {};
  const fileOf = (name: string) => join(folder, `${name}.html`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ganglion-report-"));
    const [started, ...made] = await Promise.all([
      startBrowser(),
      gestureReport(),
      hostileNumbers(),
      hostileClasses(),
      anomalyReport(),
      bareReport(),
    ]);
    browser = started;
    reports = Object.fromEntries(made.map((report) => [report.name, report]));
    for (const report of made) {
      await writeFile(fileOf(report.name), renderReport(report));
      opened[report.name] = await openPage(browser, fileOf(report.name), wide);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, {recursive: true, force: true});
  });

  describe.each(["gesture", "numbers", "classes", "watch", "bare"])("of %s", (name) => {
    test.each([wide, phone])(
      "asks for nothing, says nothing and never scrolls sideways: %o",
      async (view) => {
        const {page, noises} = view === wide ? opened[name] : await openPage(browser, fileOf(name), view);
        expect(noises).toEqual([]);
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(widths).toEqual([view.width, view.width]);
        // What is wider lies in boxes that scroll, which the keyboard reaches.
        const outside = await page.evaluate(() =>
          [...document.querySelectorAll("body *")]
            .filter((element) => element.closest("[tabindex]") === null)
            .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5)
            .map((element) => element.outerHTML.slice(0, 100)),
        );
        expect(outside).toEqual([]);
      },
    );

    test("shows the figures of the JSON and no others", async () => {
      const {page} = opened[name];
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll("data")].map(({value, dataset, textContent}) => ({
          value,
          path: dataset.figure ?? "",
          text: textContent ?? "",
        })),
      );
      expect(shown.length).toBeGreaterThan(10);
      for (const {value, path, text} of shown) {
        const figure = path
          .split(".")
          .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], reports[name]);
        expect(Number(value), path).toBe(figure);
        if (Number.isInteger(figure) && !path.startsWith("time.boards") && !text.endsWith("%")) {
          expect(Number(text.replaceAll(",", "")), path).toBe(figure);
          continue;
        }
        const digits = text.replace(/[, %]/g, "");
        const unit = text.endsWith("%") ? 0.01 : 1;
        const [, whole, fraction] = /^-?(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
        // Within one of the last digit shown; of an estimate, of the second digit.
        const places =
          fraction?.length ?? (path.startsWith("time.boards") ? Math.min(0, 2 - whole.length) : 0);
        expect(Math.abs(Number(digits) * unit - Number(figure)), `${path}: ${text}`).toBeLessThanOrEqual(
          unit * 10 ** -places,
        );
      }
    });
  });

  test("every whole number of memory, flash and work is shown", async () => {
    const {page} = opened.gesture;
    const shown = new Set(
      await page.evaluate(() => [...document.querySelectorAll("data")].map(({dataset}) => dataset.figure)),
    );
    const {memory, flash, network, time} = reports.gesture;
    const expected = [
      "flash.imageBytes",
      ...flash.sections.map((_, k) => `flash.sections.${k}.bytes`),
      ...memory.flatMap(({buffers}, k) => [
        ...["bytes", "lowerBoundBytes", "naiveBytes"].map((key) => `memory.${k}.${key}`),
        ...buffers.flatMap((_, b) => [`memory.${k}.buffers.${b}.at`, `memory.${k}.buffers.${b}.bytes`]),
      ]),
      ...network.operators.flatMap((_, k) => [
        `network.operators.${k}.multiplications`,
        `time.operatorBytecodes.${k}`,
      ]),
      ...("learning" in time ? time.learning.map((_, k) => `time.learning.${k}.bytecodes`) : []),
    ];
    expect(expected.filter((path) => !shown.has(path))).toEqual([]);
  });

  test("the map of the arena has a box for each buffer, where and when the JSON says", async () => {
    const {page} = opened.gesture;
    const plan = reports.gesture.memory[0];
    const boxes = await page.evaluate(() =>
      [
        ...document.querySelectorAll<SVGPathElement>(
          "#memory ~ details:first-of-type svg [aria-label=rect] path",
        ),
      ].map((path) => {
        const {x, y, width, height} = path.getBBox();
        return [x, y, width, height];
      }),
    );
    expect(boxes).toHaveLength(plan.buffers.length);
    // A buffer that stays throughout gives the scale of time. Boxes stand 0.75 pixels inside theirs. The browser
    // measures in float32: of a thousand pixels, a ten-thousandth is left.
    const inset = 0.75;
    const throughout = plan.buffers.findIndex(({from, to}) => from === 0 && to === plan.moments.length - 1);
    const [left, , span] = boxes[throughout];
    const perMoment = (span + 2 * inset) / plan.moments.length;
    const perByte = 300 / plan.bytes;
    const floor = Math.max(...boxes.map(([, y, , height]) => y + height)) + inset;
    boxes.forEach(([x, y, width, height], k) => {
      const {at, bytes, from, to} = plan.buffers[k];
      expect(x - left).toBeCloseTo(from * perMoment, 3);
      expect(width + 2 * inset).toBeCloseTo((to + 1 - from) * perMoment, 3);
      expect(height + 2 * inset).toBeCloseTo(bytes * perByte, 3);
      expect(floor - (y + height + inset)).toBeCloseTo(at * perByte, 3);
    });
  });

  test("names stay text, whatever they are made of", async () => {
    const {page} = opened.classes;
    const rows = await page.locator(".matrix tbody th").allTextContents();
    expect(rows).toEqual(reports.classes.network.outputs);
    expect(rows.toSorted()).toEqual(hostileNames.toSorted());
    expect(await page.locator("script, img, b:text('&')").count()).toBe(0);
    const numbers = opened.numbers.page;
    expect(await numbers.locator("script, img, i").count()).toBe(0);
    expect(await numbers.textContent("#quality ~ .note")).toBe("</p><script>alert(3)</script> code");
  });

  test("follows light and dark, and tells readers of headings, rows and pictures", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const {page} =
        scheme === wide.scheme ? opened.gesture : await openPage(browser, fileOf("gesture"), phone);
      const colours = await page.evaluate(() => {
        const hex = (colour: string) =>
          `#${(colour.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
        return [
          hex(getComputedStyle(document.documentElement).backgroundColor),
          hex(getComputedStyle(document.body).color),
        ];
      });
      expect(colours).toEqual([themes[scheme].ground, themes[scheme].text]);
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll("h1, h2, h3")].map(({tagName}) => Number(tagName[1])),
      );
      expect(levels[0]).toBe(1);
      levels.forEach((level, k) => {
        expect(level - (levels[k - 1] ?? 0)).toBeLessThanOrEqual(1);
      });
      const silent = await page.evaluate(() =>
        [...document.querySelectorAll("svg, table, nav, section")]
          .filter(
            (element) =>
              !element.hasAttribute("aria-label") &&
              !element.hasAttribute("aria-labelledby") &&
              element.querySelector("caption") === null,
          )
          .map(({tagName}) => tagName),
      );
      expect(silent).toEqual([]);
      const links = await page.locator("nav a").all();
      expect(links).toHaveLength(6);
      for (const link of links) {
        const target = await link.getAttribute("href");
        expect(await page.locator(target ?? "none").count(), `${target}`).toBe(1);
      }
    }
  });
});

test("the same report gives the same page", async () => {
  const report = await bareReport();
  expect(renderReport(report)).toBe(renderReport(JSON.parse(JSON.stringify(report))));
});
