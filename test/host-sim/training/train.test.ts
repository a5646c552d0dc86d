import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {optimizerNames} from "../../../compiler/optimizers.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {evaluateModel} from "../../../host-sim/training/evaluate.js";
import {scoreOf} from "../../../host-sim/training/score.js";
import {train} from "../../../host-sim/training/train.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const gestures = ["circle", "shake", "still"];
const recordings = generateRecordings({seed: 1, people: 3, recordingsPerGesture: 4, rate: 20, gestures});

function described(more: Partial<DescriptionSource> = {}) {
  return checkDescription({
    name: "gesture",
    input: {axes: ["x", "y", "z"], window: 40, statistics: ["mean", "standardDeviation", "meanCrossings"]},
    layers: [
      {type: "dense", units: 8, activation: "relu"},
      {type: "dense", units: 3, activation: "softmax"},
    ],
    training: {learningRate: 0.02, batch: 5, epochs: 40},
    ...more,
  });
}

describe("training", () => {
  test("on made-up recordings gets them right, with a loss that fell", () => {
    const {compiled, history} = train(described(), recordings, {learn: ["sgd"]});
    expect(scoreOf(evaluateModel(compiled, recordings))).toBeGreaterThan(0.95);
    expect(history.map(({epoch}) => epoch)).toEqual(Array.from({length: 40}, (_, k) => k + 1));
    expect(history[39].loss).toBeLessThan(0.3 * history[0].loss);
    expect(compiled.description.labels).toEqual(gestures);
    expect(compiled.plans.map(({name}) => name)).toEqual(["inference", "sgd"]);
  });

  test("takes all examples as one batch, or 8 when nothing is said, or all where there are fewer than 8", () => {
    const few = makeDataset(recordings.axes, recordings.recordings.slice(0, 6));
    const imageOf = (data: typeof recordings, batch?: number) =>
      train(
        described({training: {epochs: 1, validation: 0, ...(batch && {batch})}, labels: gestures}),
        data,
        {
          learn: [],
        },
      ).compiled.graph.nodes[0].parameters;
    expect(imageOf(recordings)).toEqual(imageOf(recordings, 8));
    expect(imageOf(recordings, 36)).not.toEqual(imageOf(recordings, 8));
    expect(imageOf(few)).toEqual(imageOf(few, 6));
  });

  test("goes on from what an earlier training found: its parameters, and its preprocessing as it is", () => {
    const first = train(described(), recordings).compiled;
    const others = generateRecordings({seed: 2, people: 2, recordingsPerGesture: 3, rate: 20, gestures});
    const start = first.source;
    const further = (learningRate: number) =>
      train(described({training: {optimizer: "sgd", learningRate, epochs: 2}}), others, {start}).compiled
        .source;
    // So small a step changes no float32 number.
    expect(further(1e-30).graph.nodes[0].parameters).toEqual(start.graph.nodes[0].parameters);
    expect(further(0.1).graph.nodes[0].parameters).not.toEqual(start.graph.nodes[0].parameters);
    expect(further(0.1).stages.map(({constants}) => constants)).toEqual(
      start.stages.map(({constants}) => constants),
    );
  });

  test.each(["online-sgd", "online-adam"] as const)(
    "takes one example a step with %s, whatever the batch says",
    (optimizer) => {
      const training = {optimizer, epochs: 1};
      const [one, other] = [training, {...training, batch: 1000}].map(
        (settings) => train(described({training: settings}), recordings, {learn: []}).compiled.graph,
      );
      expect(other.nodes[0].parameters).toEqual(one.nodes[0].parameters);
    },
  );

  test.each(optimizerNames)("gives the same bytes for the same seed: %s", (optimizer) => {
    const settings = {optimizer, learningRate: 0.01, epochs: 3, seed: 7};
    const [one, other] = [1, 2].map(() =>
      train(described({training: settings}), recordings, {learn: [optimizer]}),
    );
    expect(other.compiled.image).toEqual(one.compiled.image);
    const elsewhere = train(described({training: {...settings, seed: 8}}), recordings, {
      learn: [optimizer],
    });
    expect(elsewhere.compiled.image).not.toEqual(one.compiled.image);
  });

  test("without options compiles for inference alone", () => {
    const {plans} = train(described({training: {epochs: 1}}), recordings).compiled;
    expect(plans.map(({name}) => name)).toEqual(["inference"]);
  });

  test.each([
    ["softmax", "crossEntropy", undefined],
    ["sigmoid", "binaryCrossEntropy", undefined],
    ["sigmoid", "meanSquaredError", undefined],
    [
      "sigmoid",
      "crossEntropy",
      'The last layer has "sigmoid" before the loss "crossEntropy", where "softmax" is usual. ' +
        'Try "softmax", or the loss "binaryCrossEntropy".',
    ],
    [
      "softmax",
      "binaryCrossEntropy",
      'The last layer has "softmax" before the loss "binaryCrossEntropy", where "sigmoid" is usual. ' +
        'Try "sigmoid", or the loss "crossEntropy".',
    ],
  ] as const)("of %s with %s warns only where another pair is usual", (activation, loss, warning) => {
    const layers = [{type: "dense", units: 3, activation} as const];
    const {warnings} = train(described({layers, loss, training: {epochs: 1}}), recordings);
    expect(warnings.find((each) => each.includes("usual"))).toBe(warning);
  });

  test("tells of each epoch as it ends", () => {
    const told: number[] = [];
    const {history} = train(described({training: {epochs: 3}}), recordings, {
      learn: [],
      onEpoch: ({loss}) => told.push(loss),
    });
    expect(told).toEqual(history.map(({loss}) => loss));
  });
});

describe("training refuses", () => {
  const trained = (more: Partial<DescriptionSource>, data = recordings) =>
    refusalOf(() => train(described({training: {epochs: 1}, ...more}), data, {learn: []}));

  test("recordings with other axes than the model's", () => {
    const other = makeDataset(["x", "y", "w"], recordings.recordings);
    expect(trained({}, other)).toBe(
      "gesture: input.axes: expected x, y, z, found x, y, w. Read the recordings with the model's axes.",
    );
  });

  test("a batch larger than what validation leaves to learn from, copies included", () => {
    const settings = {epochs: 1, validation: 0.25, batch: 28};
    expect(trained({training: settings})).toBe(
      "gesture: training.batch: expected a whole number from 1 to 27, as there are 27 examples to learn from, found 28. " +
        "Take a smaller batch, record more, or hold less out.",
    );
    const augmentation = {noise: 0.01, copies: 1};
    expect(() =>
      train(described({training: {...settings, augmentation}}), recordings, {learn: []}),
    ).not.toThrow();
  });

  test("a recording whose label the model doesn't have", () => {
    expect(trained({labels: ["circle", "shake", "wave"]})).toMatch(
      /^generated person-1 still 1: expected one of the model's labels \(circle, shake, wave\), found "still"\./,
    );
  });

  test("a label of which no recording is left to hold out, and says how to do without", () => {
    const once = recordings.recordings.filter(
      ({label}, index, all) => label !== "still" || all.findIndex((other) => other.label === label) === index,
    );
    const data = makeDataset(recordings.axes, once);
    expect(trained({}, data)).toBe(
      'label "still": expected at least two recordings to train, one of them for validation, found 1. Record more, ' +
        'or set "validation" to 0 in the description\'s "training".',
    );
    expect(() => train(described({training: {epochs: 1, validation: 0}}), data, {learn: []})).not.toThrow();
  });

  test("more labels than the last layer has units", () => {
    const layers = [{type: "dense", units: 2, activation: "softmax"} as const];
    expect(trained({layers})).toMatch(/^gesture: layers\[0\]\.units: expected 3, one for each label/);
  });

  test("to go on with numbers that grow beyond all bounds, naming the operator and what to do", () => {
    const layers = [
      {type: "dense", units: 8, activation: "linear"} as const,
      {type: "dense", units: 3, activation: "linear"} as const,
    ];
    const training = {optimizer: "online-sgd" as const, learningRate: 1000, epochs: 20};
    expect(trained({layers, training, loss: "meanSquaredError"})).toMatch(
      /^learning: layers\[\d\] \(dense\), .+: expected a number of at most 2\^63 in size, found .+ Lower the learning rate/,
    );
  });

  test("before it trains, what a program without types may ask for", () => {
    const epochs: unknown[] = [];
    const asked = (options: object) =>
      refusalOf(() =>
        train(described(), recordings, {...options, onEpoch: (epoch: unknown) => epochs.push(epoch)}),
      );
    expect(asked({learn: ["nadam"]})).toMatch(/^optimizer: expected one of online-sgd, .*, found nadam\./);
    expect(asked({learn: [{optimizer: "constructor"}]})).toMatch(/, found constructor\./);
    expect(asked({learn: [{optimizer: "adam", layers: 3}]})).toMatch(/^learning: layers: .* found 3\./);
    expect(asked({by: "persons"})).toBe(
      "by: expected one of recording, person, found persons. Correct the option.",
    );
    expect(epochs).toEqual([]);
  });

  test("recordings of several rows for a model on columns", () => {
    const input = {columns: ["x", "y", "z"]};
    expect(trained({input})).toMatch(
      /^generated person-1 circle 1: expected one row an example, found a recording of \d+ rows\./,
    );
  });
});
