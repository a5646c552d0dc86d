import {existsSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {checkSpace} from "../../../host-sim/tuning/space.js";
import {tune} from "../../../host-sim/tuning/tune.js";
import {labelled} from "../datasets/labelled.js";

test.each([
  [{search: "anneal"}, "search: expected one of grid, random, halving, found anneal. Correct the option."],
  [
    {learn: "nadam"},
    "learn: expected one of online-sgd, online-adam, sgd, momentum, adagrad, rmsprop, adam, found nadam.",
  ],
  [{by: "persons"}, "by: expected one of recording, person, found persons. Correct the option."],
])("a search with %j is refused before anything is written", async (wrong, message) => {
  const journal = join(tmpdir(), "ganglion-never", "trials.jsonl");
  const base = checkDescription({
    name: "small",
    input: {columns: ["x"]},
    layers: [{type: "dense", units: 2, activation: "softmax"}],
  });
  const right = {search: "random", trials: 2, folds: 2, seed: 1, workers: 1, journal} as const;
  // As a program without types may say it.
  const options = {...right, ...wrong} as typeof right;
  await expect(tune(base, checkSpace({batch: [1, 2]}), labelled({a: 4, b: 4}), options)).rejects.toThrow(
    message,
  );
  expect(existsSync(journal)).toBe(false);
});
