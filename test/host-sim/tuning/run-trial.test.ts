import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {runTrial} from "../../../host-sim/tuning/run-trial.js";

test("a trial whose batch is larger than what a fold leaves to learn from has failed, and says why", () => {
  const recordings = Array.from({length: 12}, (_, k) => ({
    label: k % 2 ? "odd" : "even",
    rows: 1,
    samples: Float32Array.of(k % 2),
    source: `made ${k}`,
  }));
  const dataset = makeDataset(["x"], recordings);
  const trial = (batch: number) => {
    const description = checkDescription({
      name: "parity",
      input: {columns: ["x"]},
      layers: [{type: "dense", units: 2, activation: "softmax"}],
      training: {batch, epochs: 1, validation: 0},
    });
    return runTrial({description, dataset, folds: {folds: 3, seed: 1}});
  };
  expect(trial(8)).toMatchObject({scores: {length: 3}});
  expect(trial(9)).toEqual({
    failed: expect.stringMatching(/^parity: training\.batch: expected .* 1 to 8.* found 9\./),
  });
});
