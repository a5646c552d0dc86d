import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {gridOf} from "../../../host-sim/tuning/grid.js";
import {randomChoices} from "../../../host-sim/tuning/random-search.js";
import {planSearch} from "../../../host-sim/tuning/search-plan.js";
import {type Choice, checkSpace, parseSpace} from "../../../host-sim/tuning/space.js";
import {describeTrial} from "../../../host-sim/tuning/trial.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const source: DescriptionSource = {
  name: "small",
  input: {columns: ["x", "y"]},
  layers: [
    {type: "dense", units: 5, activation: "tanh", l2: 0.5},
    {type: "dense", units: 2, activation: "softmax"},
  ],
  training: {optimizer: "momentum", learningRate: 0.3, hyperparameters: {gamma: 0.7}, epochs: 90},
};
const base = checkDescription(source);

test("a grid holds every choice once, and the last dimension changes fastest", () => {
  const space = checkSpace({
    batch: {from: 1, to: 2},
    hidden: [[], [4, 3]],
    l2: {from: 0.01, to: 1, scale: "log"},
  });
  // The middle of 1 and 2 is no whole number; that of 0.01 and 1 on a log scale is 0.1.
  const expected = [];
  for (const hidden of [[], [4, 3]]) {
    for (const batch of [1, 2]) for (const l2 of [0.01, 0.1, 1]) expected.push({hidden, batch, l2});
  }
  expect(gridOf(space)).toEqual(expected);
});

test("choices that come to the same description are tried once", () => {
  const space = checkSpace({hidden: [[], [4]], activation: ["relu", "tanh"], l2: [0, 0.1]});
  const {trials} = planSearch(base, space, {search: "grid", trials: 1, seed: 1}, "space");
  // Without hidden layers there is nothing to activate or to penalize.
  expect(trials.map(({choice}) => choice)).toEqual([
    {hidden: []},
    {hidden: [4], activation: "relu", l2: 0},
    {hidden: [4], activation: "relu", l2: 0.1},
    {hidden: [4], activation: "tanh", l2: 0},
    {hidden: [4], activation: "tanh", l2: 0.1},
  ]);
  const random = planSearch(base, space, {search: "random", trials: 30, seed: 1}, "space");
  expect(random.trials).toHaveLength(5);
});

test("random choices follow from the seed, however many are drawn, and stay within their ranges", () => {
  const space = checkSpace({
    hidden: [[2], [3], [4]],
    batch: {from: 3, to: 6},
    learningRate: {from: 0.0001, to: 1, scale: "log"},
    dropout: {from: 0, to: 0.5},
  });
  const drawn = [...randomChoices(space, 7, 4000)];
  expect([...randomChoices(space, 7, 5)]).toEqual(drawn.slice(0, 5));
  expect([...randomChoices(space, 8, 5)]).not.toEqual(drawn.slice(0, 5));
  const share = (is: (choice: (typeof drawn)[number]) => boolean) => drawn.filter(is).length / drawn.length;
  // Three standard deviations of a share of 4000 draws are at most 0.024.
  for (const batch of [3, 4, 5, 6])
    expect(Math.abs(share((choice) => choice.batch === batch) - 1 / 4)).toBeLessThan(0.024);
  for (const units of [2, 3, 4])
    expect(Math.abs(share(({hidden}) => hidden?.[0] === units) - 1 / 3)).toBeLessThan(0.024);
  // Each of the four decades is as likely as any other on a log scale; evenly, a tenth of 0.5 is on a linear one.
  for (const from of [0.0001, 0.001, 0.01, 0.1]) {
    const inDecade = share(({learningRate = 0}) => learningRate >= from && learningRate < 10 * from);
    expect(Math.abs(inDecade - 1 / 4)).toBeLessThan(0.024);
  }
  for (const tenth of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const inTenth = share(({dropout = -1}) => dropout >= tenth / 20 && dropout < (tenth + 1) / 20);
    expect(Math.abs(inTenth - 1 / 10)).toBeLessThan(0.024);
  }
  expect(
    share(({learningRate = 0, dropout = -1}) => learningRate >= 0.0001 && learningRate <= 1 && dropout >= 0),
  ).toBe(1);
});

test("a trial is the base with what was chosen, and nothing of the base that the choice makes wrong", () => {
  const choice: Choice = {hidden: [8, 4], dropout: 0.25, optimizer: "adam", l2: 0.01, batch: 2};
  expect(describeTrial(base, choice)).toEqual(
    checkDescription({
      ...source,
      layers: [
        {type: "dense", units: 8, activation: "tanh", dropout: 0.25},
        {type: "dense", units: 4, activation: "tanh", dropout: 0.25},
        {type: "dense", units: 2, activation: "softmax"},
      ],
      // The learning rate and gamma were momentum's.
      training: {optimizer: "adam", l2: 0.01, batch: 2, epochs: 90},
    }),
  );
  expect(describeTrial(base, {learningRate: 0.1, epochs: 5})).toEqual({
    ...base,
    training: {...base.training, learningRate: 0.1, epochs: 5},
  });
});

const refused = "Correct the search space; docs/tuning.md lists what may stand there.";

test.each([
  [
    {units: [3]},
    's.json: expected one of "hidden", "activation", "dropout", "preprocessing", "optimizer", "learningRate", "batch", "epochs", "l1", "l2", found "units"',
  ],
  [{}, "s.json: expected something to search for, found {}"],
  [{learningRate: []}, "s.json: learningRate: expected 1 item or more, found []"],
  [
    {learningRate: 3},
    's.json: learningRate: expected a list of numbers, or a range with "from" and "to", found 3',
  ],
  [
    {learningRate: {from: 1, to: 0.1}},
    's.json: learningRate.to: expected a number above "from", which is 1, found 0.1',
  ],
  [
    {l2: {from: 0, to: 1, scale: "log"}},
    "s.json: l2.from: expected a number above 0, as the scale is log, found 0",
  ],
  [{batch: {from: 1.5, to: 8}}, "s.json: batch.from: expected a whole number, found 1.5"],
  [{dropout: [0.5, 1]}, "s.json: dropout[1]: expected below 1, found 1"],
  [{hidden: [[4, 0]]}, "s.json: hidden[0][1]: expected 1 or more, found 0"],
  [{optimizer: ["adam", "adam"]}, 's.json: optimizer: expected distinct values, found ["adam","adam"]'],
])("a space that makes no sense is refused: %j", (space, message) => {
  expect(refusalOf(() => parseSpace(JSON.stringify(space), "s.json"))).toBe(`${message}. ${refused}`);
});

test("a space that doesn't go with the base or the kind of search is refused", () => {
  const options = {trials: 9, seed: 1};
  const hundred = Array.from({length: 101}, (_, k) => k + 1);
  const large = checkSpace({batch: hundred, epochs: hundred});
  expect(refusalOf(() => planSearch(base, large, {...options, search: "grid"}, "s.json"))).toBe(
    "s.json: expected a grid of at most 10000 choices, found 10201: batch 101 x epochs 101. " +
      "Give fewer values, or search at random.",
  );
  expect(refusalOf(() => planSearch(base, large, {...options, search: "halving"}, "s.json"))).toBe(
    "s.json: epochs: expected nothing, as halving shares out the epochs, found values. " +
      'Take it out, and give the most in the model\'s "training".',
  );
  const flat = checkDescription({...source, layers: [{type: "dense", units: 2, activation: "softmax"}]});
  const activation = checkSpace({activation: ["relu"]});
  expect(refusalOf(() => planSearch(flat, activation, {...options, search: "grid"}, "s.json"))).toBe(
    "s.json: activation: expected hidden layers that have it, found a network without. " +
      'Search for "hidden" too, or take it out.',
  );
  const preprocessing = checkSpace({preprocessing: [["standardize"], [{type: "log", features: ["z"]}]]});
  expect(refusalOf(() => planSearch(base, preprocessing, {...options, search: "grid"}, "s.json"))).toBe(
    's.json: choice 2 of preprocessing: preprocessing[0].features[0]: expected one of "x", "y", found "z". ' +
      "Correct the description; docs/description.md lists what may stand there.",
  );
});
