import {expect, test} from "vitest";
import {warningsOf} from "../../../host-sim/training/warnings.js";

test("a validation loss 10 % above the training loss is called overfitting, with what to try", () => {
  const warnings = (validationLoss: number) =>
    warningsOf({start: 1, end: 0.5, kept: {loss: 0.5, validationLoss}, validationExamples: 5});
  expect(warnings(0.549)).toEqual([]);
  expect(warnings(0.55)).toEqual([
    "The validation loss, 0.55, stands 10 % above the training loss, 0.5: the network knows its recordings better than " +
      "what they have in common. Try more recordings, augmentation, L2, dropout or fewer units.",
  ]);
});

const OVER = [expect.stringMatching(/^The validation loss, /)];
const right = {accuracy: 1, validationAccuracy: 1};

test.each([
  ["nothing is mistaken", {loss: 0.0003, validationLoss: 0.0147, ...right}, []],
  ["one of five is mistaken", {loss: 0.01, validationLoss: 0.029, accuracy: 1, validationAccuracy: 0.8}, []],
  [
    "two of five are mistaken",
    {loss: 0.01, validationLoss: 0.029, accuracy: 1, validationAccuracy: 0.6},
    OVER,
  ],
  ["the gap is larger", {loss: 0.01, validationLoss: 0.031, ...right}, OVER],
])("losses near 0 are called overfitting only where the gap can matter: %s", (_, kept, warnings) => {
  expect(warningsOf({start: 1.1, end: kept.loss, kept, validationExamples: 5})).toEqual(warnings);
});

test("a gap that can't matter is measured by the untrained loss where neither labels nor scaled targets give a unit", () => {
  const kept = {loss: 0.004, validationLoss: 0.023};
  const summary = {end: 0.004, kept, validationExamples: 5};
  expect(warningsOf({...summary, start: 1.1})).toEqual([]);
  expect(warningsOf({...summary, start: 0.2})).toEqual(OVER);
  expect(warningsOf({...summary, start: 0.2, isStandardized: true})).toEqual([]);
});

test.each([
  [0.98, []],
  [0.995, [expect.stringMatching(/^The training loss hardly fell, from 1 to 0\.995\. Try a higher/)]],
  [1.5, [expect.stringMatching(/^The training loss rose from 1 to 1\.5\. Try a lower learning rate\.$/)]],
  [Number.NaN, [expect.stringMatching(/^The training loss rose from 1 to NaN\. Try a lower/)]],
])("a training loss that ends at %d where it began at 1 gives %j", (end, warnings) => {
  expect(warningsOf({start: 1, end, kept: {loss: end}, validationExamples: undefined})).toEqual(warnings);
});
