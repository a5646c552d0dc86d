import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import {lower} from "../../../compiler/graph/lower.js";
import {refusalOf} from "../../runtime/refusal-of.js";

const clusters: DescriptionSource["layers"] = [{type: "centroids", units: 3}];
const encoder = (
  units: number,
  activation: "linear" | "relu" | "tanh" = "linear",
): DescriptionSource["layers"] => [
  {type: "dense", units: 1, activation: "tanh"},
  {type: "dense", units, activation},
];

function described(more: Partial<DescriptionSource>) {
  return checkDescription({name: "pump", input: {columns: ["hot", "loud"]}, layers: clusters, ...more});
}

describe("what a description leaves out", () => {
  test("of centroids is the loss nearestCentroid, learning online, and the 99th percentile", () => {
    const {loss, training, anomaly} = described({});
    expect({loss, optimizer: training.optimizer, anomaly}).toEqual({
      loss: "nearestCentroid",
      optimizer: "online-sgd",
      anomaly: {threshold: "percentile", percentile: 99},
    });
  });

  test("of dense layers with anomaly is the loss reconstruction, and adam", () => {
    const {loss, training} = described({layers: encoder(2), anomaly: {}});
    expect([loss, training.optimizer]).toEqual(["reconstruction", "adam"]);
    expect(described({layers: encoder(2), loss: "reconstruction"}).anomaly?.percentile).toBe(99);
  });

  test("of others stays as it was", () => {
    const layers = [{type: "dense", units: 2, activation: "softmax"} as const];
    const {loss, training, anomaly} = described({layers});
    expect([loss, training.optimizer, anomaly]).toEqual(["crossEntropy", "adam", undefined]);
  });
});

test("centroids, and dense layers that give back as many numbers, are lowered", () => {
  const sizes = (more: Partial<DescriptionSource>) =>
    lower(described(more)).nodes.map(({operator, parameters}) => [operator.runtime.name, parameters.length]);
  expect(sizes({})).toEqual([["centroids", 3 * 2 + 3]]);
  expect(sizes({layers: encoder(2), anomaly: {}})).toEqual([
    ["dense", 3],
    ["tanh", 0],
    ["dense", 4],
  ]);
});

describe("refused", () => {
  test.each<[string, Partial<DescriptionSource>, string]>([
    [
      "centroids beside another layer",
      {layers: [...encoder(2), ...clusters]},
      "layers: expected centroids as the only layer, found 3 layers. Leave the other layers out; preprocessing may stand before it.",
    ],
    [
      "centroids with another loss",
      {loss: "crossEntropy"},
      'loss: expected "nearestCentroid" for a layer of centroids, found "crossEntropy". Leave the loss out: the layers say it.',
    ],
    [
      "dense layers with the loss of centroids",
      {layers: encoder(2), loss: "nearestCentroid"},
      'loss: expected one for dense layers, found "nearestCentroid". Leave the loss out: the layers say it.',
    ],
    [
      "anomaly beside a loss that takes targets",
      {layers: encoder(2), anomaly: {}, loss: "meanSquaredError"},
      'loss: expected a layer of centroids or the loss "reconstruction", as there is "anomaly", found "meanSquaredError". Leave out "anomaly", or the loss.',
    ],
    [
      "labels",
      {labels: ["a", "b", "c"]},
      'labels: expected none beside the loss "nearestCentroid", found a, b, c. Leave them out; "anomaly.normal" says which recordings are normal.',
    ],
    [
      "targets",
      {layers: encoder(2), loss: "reconstruction", targets: ["a"]},
      'targets: expected none beside the loss "reconstruction", found a. Leave them out; "anomaly.normal" says which recordings are normal.',
    ],
    [
      "an autoencoder of another size",
      {layers: encoder(3), anomaly: {}},
      "layers[1].units: expected 2, as many as inputs, found 3. Give the last layer as many units as there are features.",
    ],
    [
      "an autoencoder that can't give back what is below 0",
      {layers: encoder(2, "relu"), anomaly: {}},
      'layers[1].activation: expected one of "linear", "sigmoid", "tanh" to give back the input, found "relu". ' +
        "Take linear, unless preprocessing keeps all features within the activation's range.",
    ],
  ])("%s", (_title, more, message) => {
    expect(refusalOf(() => lower(described(more)))).toBe(`pump: ${message}`);
  });

  test.each<[unknown, string]>([
    [{percentile: 101}, "anomaly.percentile: expected at most 100, found 101"],
    [{threshold: "best"}, 'anomaly.threshold: expected one of "percentile", "youden", found "best"'],
    [{normal: []}, "anomaly.normal: expected 1 item or more, found []"],
    [{usual: ["a"]}, 'anomaly: expected one of "normal", "threshold", "percentile", found "usual"'],
  ])("anomaly %j", (anomaly, message) => {
    const source = {name: "pump", input: {columns: ["hot"]}, layers: clusters, anomaly};
    expect(refusalOf(() => checkDescription(source))).toContain(`description: ${message}`);
  });
});
