import {expect, test} from "vitest";
import {foldsOf} from "../../../host-sim/datasets/folds.js";
import {splitDataset} from "../../../host-sim/datasets/split.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {labelled, recordedBy, sources} from "./labelled.js";

test("each label gives its share to the test side, and each recording is on one side", () => {
  const whole = labelled({a: 20, b: 10, c: 2});
  const {train, test} = splitDataset(whole, {testShare: 0.25, seed: 3});
  const count = (label: string) => test.recordings.filter((recording) => recording.label === label).length;
  expect([count("a"), count("b"), count("c")]).toEqual([5, 3, 1]);
  expect([...sources(train.recordings), ...sources(test.recordings)].sort()).toEqual(
    sources(whole.recordings).sort(),
  );
  expect(test.labels).toEqual(whole.labels);
});

test("each side keeps one recording of each label, however large or small a share is asked for", () => {
  const whole = labelled({a: 3, b: 2});
  const sides = (testShare: number) => {
    const {train, test} = splitDataset(whole, {testShare, seed: 1});
    return [train, test].map(({recordings}) => recordings.map(({label}) => label).join(""));
  };
  expect(sides(0.99)).toEqual(["ab", "aab"]);
  expect(sides(0.01)).toEqual(["aab", "ab"]);
});

test("the seed decides: the same gives the same, others give others", () => {
  const whole = labelled({a: 30});
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
  expect(() => splitDataset(labelled(counts), options)).toThrow(
    expect.objectContaining({name: "InputError", message}),
  );
});

test("recordings with targets are drawn from as a whole, whatever their labels", () => {
  const whole = {...labelled({a: 7, b: 1}), targets: ["t"]};
  const {train, test} = splitDataset(whole, {testShare: 0.25, seed: 1});
  expect([train, test].map(({recordings}) => recordings.length)).toEqual([6, 2]);
  expect(train.targets).toEqual(["t"]);
});

test("by person, all recordings of a person are on one side, and shares count people", () => {
  const whole = recordedBy({Ann: "aabb", Bob: "ab", Cid: "ba", Dee: "aab"});
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const {train, test} = splitDataset(whole, {testShare: 0.25, seed, by: "person"});
    const people = [train, test].map(({recordings}) => new Set(recordings.map(({person}) => person)));
    expect(people.map(({size}) => size)).toEqual([3, 1]);
    expect(new Set(people.flatMap((side) => [...side])).size).toBe(4);
  }
});

test("a division that can't be made is refused with the label, the number and the remedy", () => {
  const more =
    "Record more, give recordings of their own for the test, or say what a recording is (--rows-per-recording).";
  const byPerson = {testShare: 0.3, seed: 1, by: "person"} as const;
  expect(refusalOf(() => splitDataset(recordedBy({Ann: "ab"}), byPerson))).toBe(
    `people: expected at least two people, one to train and one to test, found 1. ${more}`,
  );
  expect(refusalOf(() => splitDataset(labelled({a: 4}), byPerson))).toBe(
    'a 0: expected a person for each recording, to divide by person, found none. Fill in the column "person", or divide by recording.',
  );
});

test("another grouping than by recording and person is refused, not taken for one of them", () => {
  const by = "persons" as "person";
  const message = "by: expected one of recording, person, found persons. Correct the option.";
  const people = recordedBy({Ann: "ab", Bob: "ab"});
  expect(refusalOf(() => splitDataset(people, {testShare: 0.5, seed: 1, by}))).toBe(message);
  expect(refusalOf(() => foldsOf(people, {folds: 2, seed: 1, by}))).toBe(message);
});

test("by person, a label that nobody to train on has is refused", () => {
  const whole = recordedBy({Ann: "a", Bob: "b"});
  expect(refusalOf(() => splitDataset(whole, {testShare: 0.5, seed: 1, by: "person"}))).toMatch(
    /^label "[ab]": expected recordings of a person to train on, found none, as the only person who recorded it is held out\. Have more people record it, or take another seed\.$/,
  );
});
