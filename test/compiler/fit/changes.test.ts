import {expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {fitOf} from "../../../compiler/fit/fit.js";
import type {WayOfLearning} from "../../../compiler/learning-ways.js";
import {findBoard} from "../../../devices/boards.js";

const esp8266 = findBoard("esp8266");

function compiled(columns: number, hidden: readonly number[], learn: readonly WayOfLearning[]) {
  return compile(
    checkDescription({
      name: "sized",
      input: {columns: Array.from({length: columns}, (_, k) => `column ${k}`)},
      layers: [
        ...hidden.map((units) => ({type: "dense" as const, units, activation: "relu" as const})),
        {type: "dense", units: 3, activation: "softmax"},
      ],
      labels: ["a", "b", "c"],
    }),
    learn,
  );
}

test("every change is compiled: an optimizer that keeps less saves 4 bytes a parameter for each number", () => {
  const fit = fitOf(compiled(24, [80], ["adam"]), esp8266, true);
  expect(fit.fits).toBe(false);
  const {changes} = fit.uses[1];
  // 24 * 80 + 80 + 80 * 3 + 3
  const parameters = 2243;
  expect(changes.map(({change, savedRamBytes, fits}) => [change, savedRamBytes, fits])).toEqual([
    ["int8-weights", 0, false],
    ["online-adam instead of adam", 4 * parameters, false],
    ["sgd instead of adam", 8 * parameters, true],
    ["online-sgd instead of adam", 12 * parameters, true],
    // 16 bytes for each of the 2000 that stay in flash, less what says that layers learn, rounded to the heap's steps;
    // and the first layer's input deltas, which nobody needs.
    ["only the last layer learns", expect.any(Number), true],
    [expect.stringMatching(/^4\d hidden units instead of 80$/), expect.any(Number), true],
  ]);
  // Weights take 1 byte in the place of 4; a scale of 4 bytes is new for each of 83 outputs; the sections' table grows.
  expect(changes[0].savedImageBytes).toBe(fit.uses[1].needs.imageBytes - changes[0].imageBytes);
  expect(changes[0].savedImageBytes).toBeGreaterThan(3 * 2160 - 4 * 83 - 64);
});

test("units are as many as fit: one more does not", () => {
  const units = (hidden: number) => fitOf(compiled(24, [hidden], ["adam"]), esp8266, true).fits;
  const {changes} = fitOf(compiled(24, [80], ["adam"]), esp8266, true).uses[1];
  const most = Number.parseInt(changes[changes.length - 1].change, 10);
  expect([units(most), units(most + 1)]).toEqual([true, false]);
});

test("changes are put together only when none does alone, and the same model gives the same list", () => {
  const model = compiled(100, [300, 90], ["adam"]);
  const {changes} = fitOf(model, esp8266, true).uses[1];
  const together = changes.filter(({change}) => change.includes("; "));
  const alone = changes.filter(({change}) => !change.includes("; ") && !change.includes("units"));
  expect(alone.some(({fits}) => fits)).toBe(true);
  expect(together).toEqual([]);
  expect(fitOf(model, esp8266, true).uses[1].changes).toEqual(changes);
});

test("a network too wide for one change is offered two together, and fewer units last", () => {
  // 3 * 481 parameters in the last layer take 23,088 bytes with Adam, 17,316 with Adam in place; the block has 20,464 for
  // chunks. All 6723 parameters take 26,892 bytes with online-sgd.
  const {changes} = fitOf(compiled(10, [480], ["adam"]), esp8266, true).uses[1];
  expect(changes.filter(({fits}) => fits).map(({change}) => change)).toEqual([
    "online-adam instead of adam; only the last layer learns",
    "sgd instead of adam; only the last layer learns",
    "online-sgd instead of adam; only the last layer learns",
    expect.stringMatching(/^\d+ hidden units instead of 480$/),
  ]);
});

test("a network that only runs is not asked to fit with the ways of learning that nobody named", () => {
  const fit = fitOf(compiled(24, [80], ["adam"]), esp8266, false);
  expect(fit.fits).toBe(true);
  expect(fit.uses.map(({use, fits, changes}) => [use, fits, changes.length])).toEqual([
    ["inference", true, 0],
    ["adam", false, 0],
  ]);
});

test("int8 is tried where there are examples to calibrate with", () => {
  const rows = [0, 1].map((value) => new Float32Array(24).fill(value));
  const {uses} = fitOf(compiled(24, [80], ["adam"]), esp8266, true, {rows, percentile: 100});
  expect(uses[1].changes.slice(0, 2).map(({change}) => change)).toEqual(["int8-weights", "int8"]);
});
