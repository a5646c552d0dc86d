import {expect, test} from "vitest";
import {EarlyStopping} from "../../../host-sim/training/early-stopping.js";

/** @returns the epoch after which training ends, counting from 1; 0 when it goes on */
function endOf(options: {patience: number; minimumDelta: number}, losses: readonly number[]): number {
  const stopping = new EarlyStopping(options);
  return losses.findIndex((loss) => stopping.shouldStop(loss)) + 1;
}

test.each([
  ["goes on while the loss falls", 1, 0, [4, 3, 2, 1], 0],
  ["ends at the first loss that doesn't fall with a patience of 1", 1, 0, [4, 3, 3, 1], 3],
  ["waits as long as its patience, counting from the lowest loss", 3, 0, [4, 2, 3, 2.5, 2.1, 1], 5],
  ["forgets its waiting when the loss falls again", 2, 0, [4, 5, 3, 5, 2, 5, 5], 7],
  ["takes a fall of no more than the least for none", 2, 0.5, [4, 3.5, 3.75, 1], 3],
  ["adds small falls up", 2, 0.5, [4, 3.75, 3.25, 3, 2.5], 0],
  ["takes a loss that is no number for one that doesn't fall", 2, 0, [Number.NaN, Number.NaN, 1], 2],
])("early stopping %s", (_, patience, minimumDelta, losses, end) => {
  expect(endOf({patience, minimumDelta}, losses)).toBe(end);
});
