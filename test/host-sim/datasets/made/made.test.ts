import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import type {Dataset} from "../../../../host-sim/datasets/dataset.js";
import {makeSine} from "../../../../host-sim/datasets/made/sine.js";
import {makeSpiral} from "../../../../host-sim/datasets/made/spiral.js";
import {makeXor} from "../../../../host-sim/datasets/made/xor.js";
import {refusalOf} from "../../../runtime/refusal-of.js";

const points = ({recordings}: Dataset) => recordings.map(({label, samples}) => [label, ...samples]);

function digest({recordings}: Dataset): string {
  const hash = createHash("sha256");
  for (const {samples} of recordings) hash.update(new Uint8Array(samples.buffer));
  return hash.digest("hex").slice(0, 8);
}

test("xor is the four corners, and with noise as many near each", () => {
  expect(points(makeXor())).toEqual([
    ["0", 0, 0],
    ["1", 1, 0],
    ["1", 0, 1],
    ["0", 1, 1],
  ]);
  const noisy = points(makeXor({examples: 400, noise: 0.1, seed: 3})).map(([label, a, b]) => {
    expect(label).toBe(String(Math.round(Number(a)) ^ Math.round(Number(b))));
    return `${Math.round(Number(a))}${Math.round(Number(b))}`;
  });
  for (const corner of ["00", "01", "10", "11"])
    expect(noisy.filter((found) => found === corner)).toHaveLength(100);
});

test("a spiral without noise turns by 4 radians from the middle to radius 1, arms at equal angles", () => {
  const {recordings, labels} = makeSpiral({classes: 4, examplesPerClass: 3, noise: 0});
  expect(labels).toEqual(["0", "1", "2", "3"]);
  for (const [index, {label, samples}] of recordings.entries()) {
    const radius = (index % 3) / 2;
    const angle = (Math.PI / 2) * Number(label) + 4 * radius;
    // Sine and cosine are within 1e-8, and float32 rounds.
    expect(samples[0]).toBeCloseTo(radius * Math.sin(angle), 6);
    expect(samples[1]).toBeCloseTo(radius * Math.cos(angle), 6);
  }
});

test("noise moves a spiral's points along their circles", () => {
  const noisy = makeSpiral({examplesPerClass: 50, noise: 0.2});
  const still = makeSpiral({examplesPerClass: 50, noise: 0});
  expect(points(noisy)).not.toEqual(points(still));
  for (const [index, {samples}] of noisy.recordings.entries())
    expect(Math.hypot(samples[0], samples[1])).toBeCloseTo((index % 50) / 49, 6);
});

test("the sine is a wave of numbers to predict, over turns or radians", () => {
  const wave = makeSine({examples: 5});
  expect([wave.axes, wave.targets]).toEqual([["x"], ["y"]]);
  expect(wave.recordings.map(({samples, targets}) => [samples[0], targets?.[0]])).toEqual([
    [0, 0],
    [0.25, 1],
    [0.5, 0],
    [0.75, -1],
    [1, 0],
  ]);
  for (const {samples, targets} of makeSine({examples: 100, unit: "radians"}).recordings)
    expect(targets?.[0]).toBeCloseTo(Math.sin(samples[0]), 6);
});

test("the same seed gives the bytes that it gives on every machine, another seed others", () => {
  const drawn = [makeSpiral(), makeSpiral({seed: 2}), makeXor({noise: 0.1}), makeXor({noise: 0.1, seed: 2})];
  expect(drawn.map(digest)).toEqual(["4b55dc3d", "636f72a8", "15b9f5f9", "f98c03a3"]);
});

test.each<[string, () => Dataset, string]>([
  ["3 points", () => makeXor({examples: 3}), "examples: expected a whole number from 4 to 100000, found 3. "],
  ["noise below 0", () => makeXor({noise: -1}), "noise: expected a number from 0 to 1, found -1. "],
  ["11 arms", () => makeSpiral({classes: 11}), "classes: expected a whole number from 2 to 10, found 11. "],
  ["half a seed", () => makeSpiral({seed: 0.5}), "seed: expected a whole number, found 0.5. "],
  [
    "a wave of 1 point",
    () => makeSine({examples: 1}),
    "examples: expected a whole number from 2 to 100000, found 1. ",
  ],
])("%s: refused", (_, make, start) => {
  expect(refusalOf(make).slice(0, start.length)).toBe(start);
});
