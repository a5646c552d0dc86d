import {expect, test} from "vitest";
import {warningsOf} from "../../../host-sim/training/warnings.js";

test("a validation loss 10 % above the training loss is called overfitting, with what to try", () => {
  expect(warningsOf({start: 1, end: 0.5, kept: 0.5, validation: 0.549})).toEqual([]);
  expect(warningsOf({start: 1, end: 0.5, kept: 0.5, validation: 0.55})).toEqual([
    "The validation loss, 0.55, stands 10 % above the training loss, 0.5: the network knows its recordings better than " +
      "what they have in common. Try more recordings, augmentation, L2, dropout or fewer units.",
  ]);
});

test.each([
  [0.98, []],
  [0.995, [expect.stringMatching(/^The training loss hardly fell, from 1 to 0\.995\. Try a higher/)]],
  [1.5, [expect.stringMatching(/^The training loss rose from 1 to 1\.5\. Try a lower learning rate\.$/)]],
  [Number.NaN, [expect.stringMatching(/^The training loss rose from 1 to NaN\. Try a lower/)]],
])("a training loss that ends at %d where it began at 1 gives %j", (end, warnings) => {
  expect(warningsOf({start: 1, end, kept: end, validation: undefined})).toEqual(warnings);
});
