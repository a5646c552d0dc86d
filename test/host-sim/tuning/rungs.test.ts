import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {halvingRungs} from "../../../host-sim/tuning/halving.js";
import type {Outcome} from "../../../host-sim/tuning/outcome.js";
import {ProgressCount, timeLeft} from "../../../host-sim/tuning/progress.js";
import {rank} from "../../../host-sim/tuning/ranking.js";
import {runRungs} from "../../../host-sim/tuning/rungs.js";
import type {Trial} from "../../../host-sim/tuning/trial.js";

const description = checkDescription({
  name: "small",
  input: {columns: ["x"]},
  layers: [{type: "dense", units: 2, activation: "softmax"}],
  training: {epochs: 40},
});
const trialsUpTo = (count: number): Trial[] =>
  Array.from({length: count}, (_, k) => ({trial: k + 1, choice: {}, description}));
const scored = (mean: number, standardError = 0): Outcome => ({scores: [mean, mean], mean, standardError});

test("halving gives a third of the trials three times the epochs, until three have all of them", () => {
  expect(halvingRungs(27, 90)).toEqual([
    {trials: 27, epochs: 10},
    {trials: 9, epochs: 30},
    {trials: 3, epochs: 90},
  ]);
  expect(halvingRungs(10, 100)).toEqual([
    {trials: 10, epochs: 11},
    {trials: 4, epochs: 33},
    {trials: 2, epochs: 100},
  ]);
  expect(halvingRungs(3, 90)).toEqual([{trials: 3, epochs: 90}]);
  expect(halvingRungs(27, 4)).toEqual([
    {trials: 27, epochs: 1},
    {trials: 9, epochs: 4},
  ]);
});

test("the best third of each rung goes on, whoever finishes first, and what failed does not", async () => {
  const runs: string[] = [];
  // 5, 9 and 2 do best at first, but 9 fails; 8 is next.
  const early = [0.1, 0.7, 0.2, 0.3, 0.9, 0.4, 0.5, 0.6, 0.8];
  const results = await runRungs(trialsUpTo(9), halvingRungs(9, 30), async ({trial}, epochs) => {
    runs.push(`${trial} ${epochs}`);
    for (let turn = 0; turn < 10 - trial; turn++) await undefined;
    if (trial === 9 && epochs === 10) return {failed: "it grew beyond all bounds"};
    return scored(epochs === 10 ? early[trial - 1] : 1 / trial);
  });
  expect(runs.slice(0, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((trial) => `${trial} 10`));
  expect(runs.slice(9)).toEqual(["5 30", "2 30", "8 30"]);
  const finalists = results.filter(({isFinalist}) => isFinalist).map(({trial, epochs}) => [trial, epochs]);
  expect(finalists).toEqual([
    [2, 30],
    [5, 30],
    [8, 30],
  ]);
  expect(results[8]).toMatchObject({trial: 9, epochs: 10, outcome: {failed: "it grew beyond all bounds"}});
});

test("the smallest within one standard error is told from the best", () => {
  // Best less one standard error: 0.9 - 0.05 = 0.85.
  const finalists: [mean: number, standardError: number, arena: number, image: number][] = [
    [0.84, 0.2, 10, 10], // smaller, but too far below, whatever its own error
    [0.9, 0.05, 500, 900],
    [0.86, 0, 100, 400],
    [0.85, 0, 100, 300],
    [0.88, 0, 200, 100],
    [0.9, 0.01, 600, 100], // as good as the best, but larger
  ];
  const results = finalists.map(([mean, standardError], k) => ({
    ...trialsUpTo(6)[k],
    epochs: 40,
    isFinalist: true,
    outcome: scored(mean, standardError),
  }));
  const dropped = {...trialsUpTo(7)[6], epochs: 10, isFinalist: false, outcome: scored(0.99)};
  const failed = {...trialsUpTo(8)[7], epochs: 40, isFinalist: true, outcome: {failed: "why"}};
  const ranking = rank([dropped, failed, ...results], ({trial}) => {
    const [, , arena, imageBytes] = finalists[trial - 1] ?? [0, 0, 1, 1];
    return {parameters: 1, imageBytes, inferenceBytes: 1000 - arena, learningBytes: arena};
  });
  expect(ranking?.ranked.map(({trial}) => trial)).toEqual([2, 6, 5, 3, 4, 1, 7]);
  expect(ranking?.failed).toEqual([failed]);
  expect(ranking?.best.trial).toBe(2);
  expect(ranking?.smallest.trial).toBe(4);
  expect(
    rank([dropped, failed], () => ({parameters: 1, imageBytes: 1, inferenceBytes: 1, learningBytes: 1})),
  ).toBe(undefined);
});

test("the time left follows from the epochs trained since the search went on", () => {
  const progress = new ProgressCount({trials: trialsUpTo(9), rungs: halvingRungs(9, 30)});
  expect(timeLeft(progress.now(), 5000)).toBe(undefined);
  for (let trial = 0; trial < 4; trial++) progress.add(10, scored(0.5), true);
  expect(timeLeft(progress.now(), 5000)).toBe(undefined);
  progress.add(10, scored(0.7), false);
  progress.add(10, {failed: "why"}, false);
  // Of 9 x 10 + 3 x 30 epochs 60 are done, 20 of them in 4 s; so 120 take 24 s.
  expect(progress.now()).toEqual({
    work: 60,
    workInAll: 180,
    workResumed: 40,
    runs: 6,
    runsInAll: 12,
    bestMean: 0.7,
  });
  expect(timeLeft(progress.now(), 4000)).toBe(24_000);
});
