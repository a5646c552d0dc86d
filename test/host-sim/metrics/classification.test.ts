import {expect, test} from "vitest";
import {scoreClassification} from "../../../host-sim/metrics/classification.js";
import {refusalOf} from "../../runtime/refusal-of.js";

test("precision, recall and F1 of each class are those counted by hand", () => {
  // a: 2 of 3 found, 1 b taken for it. b: 1 of 2 found, 1 a taken for it.
  expect(scoreClassification(["a", "b"], [0, 0, 0, 1, 1], [0, 0, 1, 1, 0])).toEqual({
    labels: ["a", "b"],
    examples: 5,
    correct: 3,
    accuracy: 0.6,
    confusion: [
      [2, 1],
      [1, 1],
    ],
    undecided: 0,
    classes: [
      {label: "a", support: 3, precision: 2 / 3, recall: 2 / 3, f1: 4 / 6},
      {label: "b", support: 2, precision: 1 / 2, recall: 1 / 2, f1: 2 / 4},
    ],
    macroF1: (4 / 6 + 2 / 4) / 2,
  });
});

test("a class that was never said has no precision and an F1 of 0; one that never occurs weighs nothing", () => {
  const {classes, macroF1} = scoreClassification(["a", "b", "c"], [0, 1], [0, 0]);
  expect(classes).toEqual([
    {label: "a", support: 1, precision: 1 / 2, recall: 1, f1: 2 / 3},
    {label: "b", support: 1, precision: null, recall: 0, f1: 0},
    {label: "c", support: 0, precision: null, recall: null, f1: null},
  ]);
  expect(macroF1).toBe(1 / 3);
});

test("a class that was only said where it wasn't has a precision and an F1 of 0, and no recall", () => {
  const {classes} = scoreClassification(["a", "b"], [0, 0], [0, 1]);
  expect(classes[1]).toEqual({label: "b", support: 0, precision: 0, recall: null, f1: 0});
});

test("an example without a decision is wrong, and missed by its class", () => {
  const {accuracy, undecided, confusion, classes} = scoreClassification(["a", "b"], [0, 0, 1], [0, -1, 1]);
  expect([accuracy, undecided]).toEqual([2 / 3, 1]);
  expect(confusion).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(classes[0]).toEqual({label: "a", support: 2, precision: 1, recall: 1 / 2, f1: 2 / 3});
});

test.each<[string, number[], number[], string]>([
  ["no examples", [], [], "examples: expected a whole number from 1 to"],
  ["fewer decisions than examples", [0, 1], [0], "decisions: expected a whole number from 2 to 2, found 1"],
  [
    "a decision for no label",
    [0, 1],
    [0, 2],
    "decision on example 1: expected a whole number from -1 to 1, found 2",
  ],
  [
    "a class of no label",
    [0, -1],
    [0, 1],
    "class of example 1: expected a whole number from 0 to 1, found -1",
  ],
])("%s can't be scored", (_, classes, decisions, message) => {
  expect(refusalOf(() => scoreClassification(["a", "b"], classes, decisions))).toContain(message);
});
