import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {thresholdOf} from "../../../compiler/image/read.js";
import {reportOf} from "../../../compiler/report.js";
import {generateRecordings} from "../../../host-sim/recordings/generate.js";
import {normalLabels, splitForTest} from "../../../host-sim/training/anomalies.js";
import {countExamples, startCentroids} from "../../../host-sim/training/centroids.js";
import {evaluateModel, runModel} from "../../../host-sim/training/evaluate.js";
import {findThreshold, thresholdWarnings} from "../../../host-sim/training/threshold.js";
import {train} from "../../../host-sim/training/train.js";
import {sizesOf} from "../../../host-sim/tuning/sizes.js";
import {Random} from "../../../runtime/random.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {countLabels, labelled} from "../datasets/labelled.js";

const model = (more: Partial<DescriptionSource> = {}) =>
  checkDescription({
    name: "watch",
    input: {axes: ["x", "y", "z"], window: 24, statistics: ["mean", "standardDeviation", "meanCrossings"]},
    layers: [{type: "centroids", units: 2}],
    ...more,
  });

describe("normal are", () => {
  test("the labels that the description names, else those of the only label, else those called normal", () => {
    expect(normalLabels(model({anomaly: {normal: ["a", "b"]}}), labelled({a: 1, b: 1, c: 1}))).toEqual([
      "a",
      "b",
    ]);
    expect(normalLabels(model(), labelled({log: 5}))).toEqual(["log"]);
    expect(normalLabels(model(), labelled({broken: 1, normal: 1}))).toEqual(["normal"]);
  });

  test("none of several labels that nobody named", () => {
    expect(refusalOf(() => normalLabels(model(), labelled({a: 1, b: 1})))).toBe(
      "watch: anomaly.normal: expected the labels of normal recordings, as there are several labels, found nothing, " +
        'beside "a", "b". Write "anomaly": {"normal": ["LABEL"]} into the description.',
    );
  });
});

describe("held out for the test", () => {
  const data = labelled({normal: 8, worn: 3, broken: 1});
  const options = {testShare: 0.25, seed: 1};

  test("are all anomalies, however few, when the threshold needs none", () => {
    const {train, test} = splitForTest(model(), data, options);
    expect([countLabels(train), countLabels(test)]).toEqual([{normal: 6}, {broken: 1, normal: 2, worn: 3}]);
  });

  test("is a share of each label when the threshold needs anomalies", () => {
    const {train} = splitForTest(
      model({anomaly: {threshold: "youden"}}),
      labelled({normal: 8, worn: 4}),
      options,
    );
    expect(countLabels(train)).toEqual({normal: 6, worn: 3});
  });
});

describe("starting centroids", () => {
  const points = [0, 0.1, 0.2, 50, 50.1, 100].map((x) => Float32Array.of(x, 1));

  test("are examples that each took one, and far from each other", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const parameters = startCentroids(points, 3, new Random(seed), "units");
      const places = [0, 2, 4].map((k) => Math.round(parameters[k] / 50)).sort();
      expect(places).toEqual([0, 1, 2]);
      expect([...parameters.subarray(6)]).toEqual([1, 1, 1]);
      for (const k of [0, 2, 4])
        expect(points.some(([x, y]) => x === parameters[k] && y === parameters[k + 1])).toBe(true);
    }
  });

  test("may lie on one another when all examples do", () => {
    const same = [1, 2, 3].map(() => Float32Array.of(7));
    expect([...startCentroids(same, 2, new Random(1), "units")]).toEqual([7, 7, 1, 1]);
  });

  test("are no more than there are examples", () => {
    expect(refusalOf(() => startCentroids(points, 7, new Random(1), "watch: layers[0].units"))).toBe(
      "watch: layers[0].units: expected at most 6, the examples to learn from, found 7. Take fewer units, or record more.",
    );
  });

  test("count the examples nearest to them, and at least 1", () => {
    const parameters = Float32Array.of(0, 1, 60, 1, 1000, 1, 9, 9, 9);
    countExamples(parameters, points, 3);
    expect([...parameters.subarray(6)]).toEqual([3, 3, 1]);
  });
});

describe("the threshold", () => {
  const percentile = {threshold: "percentile", percentile: 50} as const;

  test("is the larger of the percentiles among what was learned from and what was held out", () => {
    expect(
      findThreshold(
        percentile,
        [
          [1, 2, 3],
          [5, 6, 7],
        ],
        [],
      ),
    ).toBe(6);
    expect(
      findThreshold(
        percentile,
        [
          [5, 6, 7],
          [1, 2, 3],
        ],
        [],
      ),
    ).toBe(6);
  });

  test("is a float32 that isn't below the score that it stands for", () => {
    const threshold = findThreshold({...percentile, percentile: 100}, [[0.1]], []);
    expect(threshold).toBe(Math.fround(0.1));
    expect(findThreshold({...percentile, percentile: 100}, [[0.7]], [])).toBeGreaterThanOrEqual(0.7);
    expect(findThreshold({...percentile, percentile: 100}, [[0.7]], [])).toBe(Math.fround(0.7 + 2 ** -25));
  });

  test("by Youden lies between both kinds, and needs both", () => {
    const youden = {threshold: "youden", percentile: 99} as const;
    expect(findThreshold(youden, [[1], [2]], [4, 5])).toBe(3);
    expect(refusalOf(() => findThreshold(youden, [[1, 2]], []))).toBe(
      'recordings for the threshold "youden": expected some of anomalies to train with, found none. ' +
        'Record anomalies, or take the threshold "percentile".',
    );
  });

  test("is warned of when too few examples stand behind the percentile", () => {
    const options = {threshold: "percentile", percentile: 95} as const;
    expect(thresholdWarnings(options, 19, "validation")).toEqual([
      "Only 19 validation examples stand behind the threshold, where percentile 95 needs 20. " +
        "Record more, or say a lower percentile.",
    ]);
    expect(thresholdWarnings(options, 20, "validation")).toEqual([]);
    expect(thresholdWarnings({...options, percentile: 100}, 1, "validation")).toEqual([]);
  });
});

describe("training of what is normal", () => {
  const gestures = ["circle", "shake", "still"];
  const data = generateRecordings({seed: 1, people: 3, recordingsPerGesture: 10, rate: 12, gestures});
  const autoencoder: Partial<DescriptionSource> = {
    layers: [
      {type: "dense", units: 3, activation: "tanh"},
      {type: "dense", units: 9},
    ],
    training: {learningRate: 0.02},
  };
  const anomaly = {normal: ["still"], percentile: 90};

  test.each([
    ["centroids", {}],
    ["an autoencoder", autoencoder],
  ])("finds the others: %s", (_title, more) => {
    const description = model({...more, anomaly});
    const split = splitForTest(description, data, {testShare: 0.25, seed: 1});
    const {compiled, training, validation} = train(description, split.train, {learn: ["online-sgd"]});
    const evaluation = evaluateModel(compiled, split.test);
    expect(evaluation).toMatchObject({kind: "anomaly", areaUnderRoc: 1, anomalies: {examples: 60, share: 1}});
    expect([training, validation].map((part) => part?.labels)).toEqual([["still"], ["still"]]);
    for (const part of [training, validation]) {
      const scores = (part && runModel(compiled, part).scores) ?? [];
      const alarms = scores.filter((score) => score > (thresholdOf(compiled.image) ?? 0));
      // Of n scores in order, those behind place (n - 1) * 0.9.
      expect(alarms.length).toBeLessThanOrEqual(Math.ceil(0.1 * (scores.length - 1)));
      expect(scores.length).toBeGreaterThan(3);
    }
  });

  test("takes the bytes that a search over its settings tells beforehand", () => {
    const description = model({anomaly});
    const {compiled} = train(description, data, {learn: ["adam"]});
    const report = reportOf(compiled);
    const arenaOf = (wanted: string) => report.arenas.find(({use}) => use === wanted)?.bytes;
    expect(sizesOf(description, data, "adam")).toEqual({
      parameters: report.parameters,
      imageBytes: report.imageBytes,
      inferenceBytes: arenaOf("inference"),
      learningBytes: arenaOf("adam"),
    });
  });

  test("learns the same whatever the anomalies are", () => {
    const description = model({anomaly});
    const normal = {...data, recordings: data.recordings.filter(({label}) => label === "still")};
    const [one, other] = [data, normal].map(
      (dataset) => train(description, dataset, {learn: []}).compiled.image,
    );
    expect(other).toEqual(one);
  });

  test("leaves centroids with counts of the examples, whatever the epochs and the optimizer", () => {
    for (const training of [{epochs: 1}, {epochs: 30}, {epochs: 5, optimizer: "adam"}] as const) {
      const result = train(model({anomaly, training}), data, {learn: []});
      const [{parameters}] = result.compiled.graph.nodes;
      const counts = parameters.subarray(2 * 9);
      expect(counts[0] + counts[1]).toBe(result.training.recordings.length);
    }
  });

  test("refuses recordings of which none is normal", () => {
    const described = model({anomaly: {normal: ["resting"]}});
    expect(refusalOf(() => train(described, data, {learn: []}))).toBe(
      "labels of the recordings: expected one of those that are normal (resting), found circle, shake, still. " +
        'Correct "anomaly.normal" in the description, or record the normal state.',
    );
  });
});
