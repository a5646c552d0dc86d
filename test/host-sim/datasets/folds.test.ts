import {expect, test} from "vitest";
import {foldsOf} from "../../../host-sim/datasets/folds.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {countLabels, labelled, recordedBy, sources} from "./labelled.js";

test("each recording is validated on once and trained on in all other rounds", () => {
  const whole = labelled({a: 10, b: 7, c: 5});
  const rounds = foldsOf(whole, {folds: 5, seed: 2});
  expect(rounds).toHaveLength(5);
  expect(rounds.flatMap(({validation}) => sources(validation.recordings)).sort()).toEqual(
    sources(whole.recordings).sort(),
  );
  for (const {train, validation} of rounds) {
    const kept = sources(whole.recordings).filter((name) => !sources(validation.recordings).includes(name));
    expect(sources(train.recordings)).toEqual(kept);
    expect(train.labels).toEqual(whole.labels);
  }
});

test("folds have the same number of each label's recordings and of all, to within one", () => {
  const rounds = foldsOf(labelled({a: 6, b: 6, c: 6, d: 6}), {folds: 5, seed: 3});
  expect(rounds.map(({validation}) => validation.recordings.length).sort()).toEqual([4, 5, 5, 5, 5]);
  for (const {validation} of rounds) {
    for (const count of Object.values(countLabels(validation))) expect([1, 2]).toContain(count);
  }
});

test("recordings with targets are shuffled as a whole, so that order of recording doesn't matter", () => {
  const whole = {...labelled({a: 12, b: 1}), targets: ["t"]};
  const rounds = foldsOf(whole, {folds: 4, seed: 1});
  expect(rounds.map(({validation}) => validation.recordings.length)).toEqual([4, 3, 3, 3]);
  expect(sources(rounds[0].validation.recordings)).not.toEqual(["a 0", "a 4", "a 8", "b 0"]);
});

test("by person, nobody is trained on and validated on in one round", () => {
  const whole = recordedBy({Ann: "aabb", Bob: "ab", Cid: "ba", Dee: "aab"});
  const people = foldsOf(whole, {folds: 4, seed: 1, by: "person"}).map(({train, validation}) => {
    const trained = new Set(train.recordings.map(({person}) => person));
    const validated = [...new Set(validation.recordings.map(({person}) => person))];
    expect(validated).toHaveLength(1);
    expect(trained.has(validated[0])).toBe(false);
    return validated[0];
  });
  expect(people.sort()).toEqual(["Ann", "Bob", "Cid", "Dee"]);
});

test("the seed decides: the same gives the same, others give others", () => {
  const whole = labelled({a: 30});
  const draw = (seed: number) =>
    foldsOf(whole, {folds: 3, seed})
      .map(({validation}) => sources(validation.recordings).join())
      .join();
  expect(draw(1)).toBe(draw(1));
  expect(new Set([1, 2, 3, 4, 5].map(draw)).size).toBe(5);
});

test("folds that can't be made are refused with the label, the number and the remedy", () => {
  const refused = (counts: Record<string, number>, folds: number) =>
    refusalOf(() => foldsOf(labelled(counts), {folds, seed: 1}));
  expect(refused({a: 5, b: 4}, 5)).toBe(
    'label "b": expected at least 5 recordings, one for each fold, found 4. Record more, or take fewer folds.',
  );
  expect(refused({a: 5}, 1)).toBe(
    "folds: expected a whole number from 2 to 1000, found 1. Correct the option.",
  );
  expect(
    refusalOf(() => foldsOf(recordedBy({Ann: "ab", Bob: "a", Cid: "a"}), {folds: 3, seed: 1, by: "person"})),
  ).toMatch(
    /^label "b": expected recordings of a person to train on, found none, as the only person who recorded it is held out\./,
  );
});
