import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {checkFinite} from "../../../compiler/graph/check-finite.js";
import {type Graph, parameterCount, parametersOf, withParameters} from "../../../compiler/graph/graph.js";
import {lower} from "../../../compiler/graph/lower.js";
import {refusalOf} from "../../runtime/refusal-of.js";

type Layers = DescriptionSource["layers"];

function graphOf(layers: Layers, more: Partial<DescriptionSource> = {}): Graph {
  return lower(checkDescription({name: "gesture", input: {columns: ["a", "b", "c"]}, layers, ...more}));
}

const softmax = (units: number) => ({type: "dense", units, activation: "softmax"}) as const;
const relu = (units: number) => ({type: "dense", units, activation: "relu"}) as const;

type DenseSource = Extract<DescriptionSource["layers"][number], {type: "dense"}>;

describe("lowering", () => {
  test("takes the loss that goes with the last activation when none is named", () => {
    const lossOf = (
      units: number,
      activation: "sigmoid" | "softmax",
      more: Partial<DescriptionSource> = {},
    ) => graphOf([relu(4), {type: "dense", units, activation}], more).loss.runtime.name;
    expect(lossOf(1, "sigmoid")).toBe("sigmoidBinaryCrossEntropy");
    expect(lossOf(3, "sigmoid")).toBe("sigmoidBinaryCrossEntropy");
    expect(lossOf(3, "softmax")).toBe("softmaxCrossEntropy");
    expect(lossOf(1, "sigmoid", {targets: ["share"]})).toBe("meanSquaredError");
    expect(lossOf(3, "sigmoid", {anomaly: {}})).toBe("reconstruction");
    expect(lossOf(3, "sigmoid", {loss: "crossEntropy"})).toBe("crossEntropy");
  });

  test("gives a node for each layer and each activation, sizes handed on", () => {
    const {nodes, inputSize, loss} = graphOf([relu(5), {type: "dense", units: 4}, softmax(2)]);
    expect(inputSize).toBe(3);
    const shapes = nodes.map(({name, inputSize, outputSize, parameters}) => [
      name,
      inputSize,
      outputSize,
      parameters.length,
    ]);
    expect(shapes).toEqual([
      ["layers[0] dense", 3, 5, 20],
      ["layers[0] relu", 5, 5, 0],
      ["layers[1] dense", 5, 4, 24],
      ["layers[2] dense", 4, 2, 10],
      ["layers[2] softmax", 2, 2, 0],
    ]);
    expect(loss.runtime.name).toBe("softmaxCrossEntropy");
  });

  test("takes axes times statistics as inputs", () => {
    const input = {axes: ["x", "y", "z"], window: 9, statistics: ["mean" as const, "trend" as const]};
    expect(graphOf([softmax(2)], {input}).inputSize).toBe(6);
  });

  test("makes one of softmax and crossEntropy, of sigmoid and binaryCrossEntropy, and leaves other pairs alone", () => {
    const sigmoid = {type: "dense", units: 2, activation: "sigmoid"} as const;
    const lossAfter = (last: Layers[number], loss: "crossEntropy" | "binaryCrossEntropy") =>
      graphOf([last], {loss}).loss.runtime.name;
    expect(lossAfter(sigmoid, "binaryCrossEntropy")).toBe("sigmoidBinaryCrossEntropy");
    expect(lossAfter(softmax(2), "binaryCrossEntropy")).toBe("binaryCrossEntropy");
    expect(lossAfter(sigmoid, "crossEntropy")).toBe("crossEntropy");
    expect(graphOf([softmax(2)], {loss: "meanSquaredError"}).loss.runtime.name).toBe("meanSquaredError");
    expect(graphOf([relu(2)], {loss: "meanSquaredError"}).loss.runtime.name).toBe("meanSquaredError");
  });

  test("starts weights within He's limit before ReLU, Glorot's otherwise, and fills that range; biases at 0", () => {
    const [first, , second] = graphOf([relu(400), softmax(200)]).nodes;
    for (const [{inputSize, outputSize, parameters}, limit] of [
      [first, Math.sqrt(6 / 3)],
      [second, Math.sqrt(6 / (400 + 200))],
    ] as const) {
      const weights = parameters.subarray(0, inputSize * outputSize);
      const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
      expect(largest).toBeLessThanOrEqual(Math.fround(limit));
      expect(largest).toBeGreaterThan(0.99 * limit);
      const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
      // Five standard errors of the mean of 1200 uniform numbers: 5 limit / sqrt(3 * 1200).
      expect(Math.abs(mean)).toBeLessThan(0.084 * limit);
      expect(parameters.subarray(weights.length).every((bias) => bias === 0)).toBe(true);
    }
  });

  test("starts a layer before leakyRelu as before relu, and one before tanh within Glorot's limit", () => {
    const startOf = (activation: "relu" | "leakyRelu" | "tanh") =>
      graphOf([{type: "dense", units: 400, activation}, softmax(2)]).nodes[0].parameters;
    expect(startOf("leakyRelu")).toEqual(startOf("relu"));
    const largest = startOf("tanh").reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / (3 + 400))));
  });

  test("starts as a layer says: uniform, normal, or with given parameters", () => {
    const startOf = (start: NonNullable<DenseSource["start"]>) =>
      graphOf([{...relu(400), start}, softmax(2)]).nodes[0].parameters.subarray(0, 1200);
    const uniform = startOf({uniform: 0.25});
    expect(Math.max(...uniform)).toBeLessThanOrEqual(0.25);
    expect(Math.max(...uniform)).toBeGreaterThan(0.24);
    const normal = startOf({normal: 0.01});
    const deviation = Math.sqrt(normal.reduce((sum, w) => sum + w * w, 0) / 1200);
    // Five standard errors of a deviation of 1200 draws: 5 * 0.01 / sqrt(2 * 1200).
    expect(Math.abs(deviation - 0.01)).toBeLessThan(0.00103);
    expect(Math.max(...normal)).toBeGreaterThan(0.025);
    expect(startOf("glorot")).not.toEqual(startOf("he"));
    const given = graphOf([
      {
        ...softmax(2),
        start: {
          weights: [
            [1, 2, 3],
            [4, 5, 6],
          ],
          biases: [7, 8],
        },
      },
    ]);
    expect([...parametersOf(given)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("penalizes the weights of hidden layers as training says, of any layer as it says itself", () => {
    const layers: Layers = [relu(4), {...relu(4), l2: 0.5, biasL1: 0.25}, softmax(2)];
    const {nodes} = graphOf(layers, {training: {l1: 0.125, l2: 0.0625}});
    expect(nodes.map(({regularization}) => regularization)).toEqual([
      {l1: 0.125, l2: 0.0625, biasL1: 0, biasL2: 0},
      undefined,
      {l1: 0.125, l2: 0.5, biasL1: 0.25, biasL2: 0},
      undefined,
      undefined,
      undefined,
    ]);
    expect(graphOf([{...softmax(2), l2: 1}]).nodes[0].regularization).toMatchObject({l2: 1});
  });

  test("starts from the seed alone", () => {
    const start = (seed: number) => parametersOf(graphOf([relu(5), softmax(2)], {training: {seed}}));
    expect(start(1)).toEqual(start(1));
    expect(start(1)).not.toEqual(start(2));
    expect(start(0)).not.toEqual(start(1));
  });
});

describe("a network that doesn't fit together is refused", () => {
  test("softmax in a hidden layer", () => {
    expect(refusalOf(() => graphOf([softmax(3), softmax(2)]))).toBe(
      'gesture: layers[0].activation: expected softmax in the last layer only, found "softmax". ' +
        'Use "relu" in hidden layers.',
    );
  });

  test("more labels than outputs", () => {
    expect(refusalOf(() => graphOf([relu(4), softmax(2)], {labels: ["a", "b", "c"]}))).toBe(
      "gesture: layers[1].units: expected 3, one for each label (a, b, c), found 2. " +
        "Give the last layer as many units as there are labels; one unit tells two labels apart.",
    );
  });

  test.each(["relu", "leakyRelu", "tanh"] as const)("crossEntropy after %s", (activation) => {
    expect(refusalOf(() => graphOf([{type: "dense", units: 2, activation}]))).toBe(
      `gesture: loss: expected a last layer with activation "softmax" for "crossEntropy", found "${activation}". ` +
        'Set the last activation to "softmax", or the loss to "meanSquaredError".',
    );
  });

  test("a single unit where it could only ever be certain", () => {
    const sigmoid = {type: "dense", units: 1, activation: "sigmoid"} as const;
    expect(refusalOf(() => graphOf([sigmoid], {loss: "crossEntropy"}))).toBe(
      'gesture: layers[0].units: expected 2 or more for "crossEntropy" after sigmoid, found 1. ' +
        'For one unit take activation "sigmoid" and the loss "binaryCrossEntropy".',
    );
    expect(refusalOf(() => graphOf([softmax(1)], {loss: "binaryCrossEntropy"}))).toContain("2 or more");
  });

  test("dropout in the last layer", () => {
    expect(refusalOf(() => graphOf([{...softmax(2), dropout: 0.5}]))).toBe(
      "gesture: layers[0].dropout: expected no dropout in the last layer, found 0.5. " +
        "Take it out, or move it to a hidden layer.",
    );
  });

  test("given weights of another shape, by their row", () => {
    const given = (start: NonNullable<DenseSource["start"]>) =>
      refusalOf(() => graphOf([{...softmax(2), start}]));
    const remedy = " Give one row of weights a unit, one weight an input, and one bias a unit.";
    expect(given({weights: [[1, 2, 3]]})).toBe(
      `gesture: layers[0].start.weights: expected 2 rows, one a unit, found 1.${remedy}`,
    );
    expect(given({weights: [[1, 2, 3], [1]]})).toBe(
      `gesture: layers[0].start.weights[1]: expected 3 numbers, one an input, found 1.${remedy}`,
    );
    expect(
      given({
        weights: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        biases: [1],
      }),
    ).toBe(`gesture: layers[0].start.biases: expected 2 numbers, one a unit, found 1.${remedy}`);
  });

  test("crossEntropy after no activation is told by the name that a description gives it, linear", () => {
    expect(refusalOf(() => graphOf([{type: "dense", units: 2}]))).toContain('found "linear"');
  });

  test("a parameter that is no finite number, by its layer and place", () => {
    const graph = graphOf([relu(2), softmax(2)]);
    const parameters = parametersOf(graph);
    parameters[8 + 3] = Number.NaN;
    expect(refusalOf(() => checkFinite("gesture", withParameters(graph, parameters), []))).toBe(
      "gesture: layers[1] dense[3]: expected a finite number, found NaN. " +
        "Lower the learning rate, and look for extreme values in the recordings.",
    );
  });
});

test("parameters taken out and put back are the same graph", () => {
  const graph = graphOf([relu(4), softmax(2)]);
  const numbers = Float32Array.from({length: parameterCount(graph)}, (_, k) => k);
  expect(parametersOf(withParameters(graph, numbers))).toEqual(numbers);
  expect(withParameters(graph, parametersOf(graph))).toEqual(graph);
});
