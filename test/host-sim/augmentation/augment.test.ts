import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import {augment} from "../../../host-sim/augmentation/augment.js";
import type {Dataset} from "../../../host-sim/datasets/dataset.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {labelled} from "../datasets/labelled.js";

const gestures = generateRecordings({seed: 1, people: 2, recordingsPerGesture: 1, gestures: ["tap", "wave"]});
const all = {copies: 2, noise: 0.01, scale: 0.1, rotation: 10, shift: 0.1, warp: 0.2};

function digest({recordings}: Dataset): string {
  const hash = createHash("sha256");
  for (const {samples} of recordings) hash.update(new Uint8Array(samples.buffer));
  return hash.digest("hex").slice(0, 8);
}

test("the originals come first, as they are, then as many changed copies as asked for", () => {
  const before = digest(gestures);
  const {axes, labels, recordings} = augment(gestures, all, 1);
  expect([axes, labels]).toEqual([gestures.axes, gestures.labels]);
  expect(recordings.slice(0, 4)).toEqual(gestures.recordings);
  expect(digest(gestures)).toBe(before);
  for (const [index, {label, person, rows, samples, source}] of recordings.entries()) {
    const original = gestures.recordings[index % 4];
    expect([label, person, rows, samples.length]).toEqual([
      original.label,
      original.person,
      original.rows,
      original.samples.length,
    ]);
    if (index >= 4) expect(source).toBe(`${original.source}, copy ${Math.floor(index / 4)}`);
  }
  expect(new Set(recordings.map(({samples}) => samples.join())).size).toBe(12);
});

test("targets stay with their copies", () => {
  const {recordings} = augment(
    {
      axes: ["x"],
      labels: ["a"],
      targets: ["t"],
      recordings: [
        {label: "a", samples: Float32Array.of(1), targets: Float32Array.of(7), rows: 1, source: "s"},
      ],
    },
    {copies: 1, noise: 0.1},
    1,
  );
  expect(recordings.map(({targets}) => targets?.[0])).toEqual([7, 7]);
});

test("the same seed gives the bytes that it gives on every machine, another seed others", () => {
  expect([1, 2].map((seed) => digest(augment(gestures, all, seed)))).toEqual(["a5ce46db", "deff394b"]);
});

test("what can't be changed that way is refused", () => {
  const rows = labelled({a: 2});
  expect(refusalOf(() => augment(gestures, {copies: 1, noise: -1}, 1))).toBe(
    "augmentation: noise: expected more than 0, found -1. Correct the option.",
  );
  expect(refusalOf(() => augment(gestures, {copies: 1, scale: 5}, 1))).toMatch(
    /^augmentation: scale: .* found 5\./,
  );
  expect(refusalOf(() => augment(gestures, {copies: 0, noise: 1}, 1))).toMatch(
    /^augmentation: copies: .* found 0\./,
  );
  expect(refusalOf(() => augment(rows, {copies: 1, rotation: 5}, 1))).toBe(
    'axes: expected groups of three ending in x, y, z, found "x". Choose and order the axes.',
  );
  const large = {...rows, recordings: [{...rows.recordings[0], samples: Float32Array.of(3.4e38)}]};
  expect(
    refusalOf(() => {
      for (let seed = 0; seed < 20; seed++) augment(large, {copies: 1, scale: 0.5}, seed);
    }),
  ).toMatch(/^a 0: expected samples that stay within 3\.4e38 \(float32\)/);
});
