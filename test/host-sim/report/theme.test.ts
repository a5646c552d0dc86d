import {expect, test} from "vitest";
import {type Theme, themes} from "../../../host-sim/report/page/theme.js";

/** Relative luminance of sRGB, WCAG 2.2. */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function parts(colour: string): number[] {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

test("black on white has a contrast of 21", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 9);
});

test.each(Object.entries(themes))("text can be read on all that it stands on, %s", (_, theme: Theme) => {
  const {ground, raised, text, muted, link, accent, kinds} = theme;
  for (const below of [ground, raised])
    for (const above of [text, muted, link])
      expect(contrast(parts(above), parts(below)), `${above} on ${below}`).toBeGreaterThanOrEqual(4.5);
  for (const below of Object.values(kinds))
    expect(contrast(parts(text), parts(below)), `${text} on ${below}`).toBeGreaterThanOrEqual(4.5);
  // The strongest cell of a matrix: 70 % of the accent over what is raised.
  const base = parts(raised);
  const cell = parts(accent).map((part, k) => 0.7 * part + 0.3 * base[k]);
  expect(contrast(parts(text), cell)).toBeGreaterThanOrEqual(4.5);
  // What is no text needs 3.
  expect(contrast(parts(accent), parts(ground))).toBeGreaterThanOrEqual(3);
});
