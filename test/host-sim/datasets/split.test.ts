import {expect, test} from "vitest";
import {makeDataset, type Recording} from "../../../host-sim/datasets/dataset.js";
import {splitDataset} from "../../../host-sim/datasets/split.js";

function dataset(counts: Readonly<Record<string, number>>) {
  const recordings: Recording[] = Object.entries(counts).flatMap(([label, count]) =>
    Array.from({length: count}, (_, index) => ({
      label,
      samples: Float32Array.of(index),
      rows: 1,
      source: `${label} ${index}`,
    })),
  );
  return makeDataset(["x"], recordings);
}

const sources = (recordings: readonly Recording[]) => recordings.map(({source}) => source);

test("each label gives its share to the test side, and each recording is on one side", () => {
  const whole = dataset({a: 20, b: 10, c: 2});
  const {train, test} = splitDataset(whole, {testShare: 0.25, seed: 3});
  const count = (label: string) => test.recordings.filter((recording) => recording.label === label).length;
  expect([count("a"), count("b"), count("c")]).toEqual([5, 3, 1]);
  expect([...sources(train.recordings), ...sources(test.recordings)].sort()).toEqual(
    sources(whole.recordings).sort(),
  );
  expect(test.labels).toEqual(whole.labels);
});

test("each side keeps one recording of each label, however large or small a share is asked for", () => {
  const whole = dataset({a: 3, b: 2});
  const sides = (testShare: number) => {
    const {train, test} = splitDataset(whole, {testShare, seed: 1});
    return [train, test].map(({recordings}) => recordings.map(({label}) => label).join(""));
  };
  expect(sides(0.99)).toEqual(["ab", "aab"]);
  expect(sides(0.01)).toEqual(["aab", "ab"]);
});

test("the seed decides: the same gives the same, others give others", () => {
  const whole = dataset({a: 30});
  const draw = (seed: number) => sources(splitDataset(whole, {testShare: 0.5, seed}).test.recordings).join();
  expect(draw(1)).toBe(draw(1));
  expect(new Set([1, 2, 3, 4, 5].map(draw)).size).toBe(5);
});

test.each([
  [
    {a: 5, b: 1},
    {testShare: 0.2, seed: 1},
    'label "b": expected at least two recordings, one to train and one to test, found 1. ' +
      "Record more, give recordings of their own for the test, or say what a recording is (--rows-per-recording).",
  ],
  [
    {a: 5},
    {testShare: 1, seed: 1},
    "testShare: expected a number between 0 and 1, found 1. Take 0.2, for example.",
  ],
  [{a: 5}, {testShare: 0.2, seed: 0.5}, "seed: expected a whole number, found 0.5. Take 1, for example."],
])("%o with %o is refused", (counts, options, message) => {
  expect(() => splitDataset(dataset(counts), options)).toThrow(
    expect.objectContaining({name: "InputError", message}),
  );
});
