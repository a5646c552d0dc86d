import {describe, expect, test} from "vitest";
import {type Compiled, compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import {statisticNames} from "../../compiler/preprocessing/statistics.js";
import {Network} from "../../runtime/network.js";
import {SlidingWindow} from "../../runtime/sliding-window.js";
import {drawer} from "./reference/draw.js";
import {definitions} from "./reference/statistics.js";
import {refusalOf} from "./refusal-of.js";
import {compileUnits} from "./small-model.js";

type Name = (typeof statisticNames)[number];

function compiledFor(window: number, statistics: readonly Name[], axes = ["x", "y"]): Compiled {
  const source = {
    name: "sliding",
    input: {axes, window, statistics: [...statistics]},
    layers: [{type: "dense" as const, units: 2, activation: "softmax" as const}],
    preprocessing: [],
  };
  return compile(checkDescription(source), []);
}

function networkFor(...compiled: Parameters<typeof compiledFor>): Network {
  const {model, image} = compiledFor(...compiled);
  return new Network(model, image);
}

/** @returns the features of each window that was filled, and at which sample */
function slide(
  window: SlidingWindow,
  rows: readonly (readonly number[])[],
): {at: number; features: number[]}[] {
  return rows.flatMap((row, at) => {
    window.sample.set(row);
    return window.add() ? [{at, features: [...window.features]}] : [];
  });
}

/** The same rows through the network's own window. */
function whole(network: Network, rows: readonly (readonly number[])[]): number[] {
  const {window} = network;
  if (window === undefined) throw new Error("the model has a window");
  window.length = rows.length;
  for (const row of rows) {
    window.sample.set(row);
    window.add();
  }
  return [...network.input];
}

const SAME_BYTES: readonly Name[] = [
  "minimum",
  "maximum",
  "timeOfMinimum",
  "timeOfMaximum",
  "meanCrossings",
  "zeroCrossings",
  "turningPoints",
];

/** Movements on top of gravity, with pauses in which nothing changes, whole numbers and zeros. */
function drawRows(count: number, seed: number): number[][] {
  const draw = drawer(seed);
  let level = 0;
  return Array.from({length: count}, (_, t) => {
    if (draw() < 0.1) level = Math.round(20 * draw() - 10);
    const still = draw() < 0.3;
    return [still ? level : level + draw() - 0.5, Math.fround(9.81 + Math.sin(t / 5) + 0.1 * draw())];
  });
}

describe("a sliding window", () => {
  test("by hand: windows of 4, 2 apart", () => {
    const window = new SlidingWindow(
      networkFor(4, ["mean", "minimum", "timeOfMinimum", "turningPoints"], ["x"]),
      2,
    );
    const filled = slide(
      window,
      [0, 2, 1, 1, 5, 3].map((x) => [x]),
    );
    expect(filled).toEqual([
      // 0 2 1 1 turns once; 1 1 5 3 likewise, though 1 was a turn from 2.
      {at: 3, features: [1, 0, 0, Math.fround(1 / 3)]},
      {at: 5, features: [2.5, 1, 0, Math.fround(1 / 3)]},
    ]);
  });

  test.each([1, 2, 3, 4, 6, 12, 24])(
    "of 24 samples, %i apart, gives what the window taken whole gives, at the right moments",
    (hop) => {
      const network = networkFor(24, statisticNames);
      for (let seed = 1; seed <= 20; seed++) {
        const rows = drawRows(24 * 4, seed);
        const filled = slide(new SlidingWindow(network, hop), rows);
        expect(filled.map(({at}) => at)).toEqual(Array.from({length: 72 / hop + 1}, (_, k) => 23 + k * hop));
        for (const {at, features} of filled) {
          const window = rows.slice(at - 23, at + 1);
          const wanted = whole(network, window);
          if (hop === 24) expect(features).toEqual(wanted);
          features.forEach((feature, k) => {
            const name = statisticNames[k % statisticNames.length];
            const axis = Math.floor(k / statisticNames.length);
            if (SAME_BYTES.includes(name)) expect(feature, name).toBe(wanted[k]);
            else {
              const exact = definitions[name](window.map((row) => Math.fround(row[axis])));
              // Two dozen roundings of numbers up to 11: 24 * 11 * 2^-24 = 1.6e-5. A trend is 12 times such a sum
              // over the window's length, and the root of a small variance loses half the digits.
              expect(Math.abs(feature - exact), `${name} of seed ${seed}`).toBeLessThan(2e-4);
            }
          });
        }
      }
    },
  );

  test.each(statisticNames)("can have %s alone", (name) => {
    const network = networkFor(12, [name]);
    const rows = drawRows(24, 3);
    const filled = slide(new SlidingWindow(network, 4), rows);
    expect(filled).toHaveLength(4);
    for (const {at, features} of filled) {
      whole(network, rows.slice(at - 11, at + 1)).forEach((wanted, axis) => {
        expect(features[axis]).toBeCloseTo(wanted, 4);
      });
    }
  });

  test("begins anew after clear(), with nothing of the samples before", () => {
    const network = networkFor(6, statisticNames);
    const rows = drawRows(12, 5);
    const window = new SlidingWindow(network, 2);
    slide(window, drawRows(15, 6));
    window.clear();
    const fresh = slide(new SlidingWindow(network, 2), rows);
    expect(slide(window, rows)).toEqual(fresh);
  });

  test("leaves the network alone, so that samples may come while it learns", () => {
    const network = networkFor(6, statisticNames);
    const before = [...network.arena];
    slide(new SlidingWindow(network, 2), drawRows(12, 5));
    expect([...network.arena]).toEqual(before);
  });

  test("refuses a hop that doesn't divide the window, and a network without one", () => {
    const network = networkFor(6, ["mean"]);
    const expected =
      "sliding window: hop: expected a whole number of samples that divides the window of 6, into at most 256, found ";
    for (const hop of [0, 4, 12, 1.5, Number.NaN])
      expect(refusalOf(() => new SlidingWindow(network, hop))).toBe(
        `${expected}${hop}. Change the hop, or the model's window.`,
      );
    expect(refusalOf(() => new SlidingWindow(networkFor(257, ["mean"]), 1))).toContain("into at most 256");
    const {model, image} = compileUnits(2, [[2, "softmax"]], "crossEntropy", []);
    expect(refusalOf(() => new SlidingWindow(new Network(model, image)))).toContain(
      "one whose model has a window",
    );
  });
});
