import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import {evaluateModel} from "../../../host-sim/training/evaluate.js";
import {fineTune} from "../../../host-sim/training/fine-tune.js";
import {scoreOf} from "../../../host-sim/training/score.js";
import {train} from "../../../host-sim/training/train.js";
import {Random} from "../../../runtime/random.js";

/** Air pressure in hPa, and a share, from two readings. */
function weather(count: number, targets: (a: number, b: number) => number[], names = ["pressure"]) {
  const random = new Random(5);
  const recordings = Array.from({length: count}, (_, k) => {
    const samples = Float32Array.of(random.normal(), random.normal());
    const wanted = Float32Array.from(targets(samples[0], samples[1]));
    return {label: "", rows: 1, samples, targets: wanted, source: `made ${k}`};
  });
  return makeDataset(["a", "b"], recordings, [], names);
}
const pressure = (a: number, b: number) => [1013 + 6 * a - 4 * b + 2 * a * b];
const days = weather(200, pressure);

function described(more: Partial<DescriptionSource> = {}) {
  return checkDescription({
    name: "weather",
    input: {columns: ["a", "b"]},
    targets: ["pressure"],
    layers: [
      {type: "dense", units: 12, activation: "tanh"},
      {type: "dense", units: 1},
    ],
    ...more,
  });
}

describe("numbers to predict", () => {
  test("far from 0 are learned with the defaults, and predicted in their own unit", () => {
    const {compiled, warnings, history, keptEpoch} = train(described(), days, {learn: []});
    expect(scoreOf(evaluateModel(compiled, days))).toBeGreaterThan(0.9);
    expect(warnings).toEqual([]);
    // Of standardized targets the mean squared error is 1 - R2; a day of the training part is one of 160.
    expect(history[keptEpoch - 1].loss).toBeLessThan(0.1);
  });

  test("in another unit give the same network, its outputs in that unit", () => {
    const pascal = weather(200, (a, b) => pressure(a, b).map((value) => 100 * value));
    const [one, other] = [days, pascal].map((data) =>
      evaluateModel(train(described({training: {epochs: 20}}), data, {learn: []}).compiled, data),
    );
    if (one.kind !== "regression" || other.kind !== "regression") throw new Error("numbers are predicted");
    // Targets are rounded to float32 in either unit, so that what is learned agrees to a few digits.
    expect((other.meanAbsoluteError ?? 0) / (one.meanAbsoluteError ?? 1)).toBeCloseTo(100, 1);
  });

  test("leave the start that a description gives in their own unit, so that it says what it said", () => {
    const start = {weights: [[6, -4]], biases: [1013]};
    const given = described({
      layers: [{type: "dense", units: 1, start}],
      preprocessing: [],
      training: {epochs: 1, learningRate: 1e-12},
    });
    const {parameters} = train(given, days, {learn: []}).compiled.graph.nodes[0];
    // Divided, rounded, multiplied and rounded: the bias, 1013 - mean and back, within one of its last places, 2^-14.
    [6, -4, 1013].forEach((value, k) => {
      expect(Math.abs(parameters[k] - value)).toBeLessThanOrEqual(2 ** -14);
    });
  });

  test("that are all alike are predicted, and each of several has its own scale", () => {
    const names = ["pressure", "always", "share"];
    const data = weather(100, (a, b) => [...pressure(a, b), 7, 0.001 * a], names);
    const layers = [{type: "dense" as const, units: 3}];
    const {compiled} = train(described({targets: names, layers, training: {epochs: 300}}), data, {learn: []});
    const evaluation = evaluateModel(compiled, data);
    if (evaluation.kind !== "regression") throw new Error("numbers are predicted");
    const [first, always, share] = evaluation.targets;
    expect(first.r2).toBeGreaterThan(0.8);
    expect(always.meanAbsoluteError).toBeLessThan(0.1);
    expect(share.r2).toBeGreaterThan(0.9);
  });

  test.each([
    ["sigmoid", "0 to 1"],
    ["tanh", "-1 to 1"],
  ] as const)(
    "outside what a last %s gives are warned of, and that the mean would do better",
    (activation, range) => {
      const layers = [{type: "dense" as const, units: 1, activation}];
      const {warnings} = train(described({layers, training: {epochs: 2}}), days, {learn: []});
      expect(warnings).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `^The target "pressure" has values such as 1\\d+.*, where the last activation gives ${range}\\.`,
          ),
        ),
      );
      for (const part of ["training", "validation"]) {
        const text = new RegExp(`^R2 of "pressure" is -\\d.* on the ${part} examples: to say their mean`);
        expect(warnings).toContainEqual(expect.stringMatching(text));
      }
    },
  );

  test("within what the last activation gives bring no warning of it", () => {
    const shares = weather(200, (a) => [a > 0 ? 0.9 : 0.1]);
    const layers = [{type: "dense" as const, units: 1, activation: "sigmoid" as const}];
    const {warnings} = train(described({layers, training: {epochs: 200}}), shares, {learn: []});
    expect(warnings.filter((warning) => /The target|R2/.test(warning))).toEqual([]);
  });

  test("stay learned when weights are fine-tuned for int8", () => {
    const {compiled} = train(described(), days, {learn: []});
    const tuned = fineTune(compiled, days, 5);
    const rows = days.recordings.map(({samples}) => samples);
    const small = compile(compiled.description, [], tuned, {format: "int8", rows, percentile: 100});
    expect(scoreOf(evaluateModel(small, days))).toBeGreaterThan(0.9);
  });
});
