import {describe, expect, test} from "vitest";
import {checkDescription, parseDescription} from "../../../compiler/description/read.js";
import {refusalOf} from "../../runtime/refusal-of.js";

type Fields = Record<string, unknown>;

const layer = {type: "dense", units: 2, activation: "softmax"};
const window = {axes: ["x", "y"], window: 4, statistics: ["mean"]};
const base: Fields = {name: "gesture", input: window, layers: [layer]};

/** What a person reads when the base is changed by these fields; undefined takes a field away. */
function messageFor(fields: Fields): string {
  const changed = Object.fromEntries(
    Object.entries({...base, ...fields}).filter(([, value]) => value !== undefined),
  );
  return refusalOf(() => checkDescription(changed));
}

const AFTER = ". Correct the description; docs/description.md lists what may stand there.";

describe("a description is refused with the path, what was expected and what stood there", () => {
  const units = (value: unknown) => ({layers: [{...layer, units: value}]});
  const input = (value: unknown) => ({input: {...window, ...(value as Fields)}});
  test.each<[string, Fields, string]>([
    ["no name", {name: undefined}, "name: expected a string, found nothing"],
    [
      "a name that is no file's",
      {name: "My Model"},
      'name: expected a lower-case letter, then up to 31 of a-z, 0-9 and -, found "My Model"',
    ],
    [
      "a name that leaves its folder",
      {name: "../model"},
      'name: expected a lower-case letter, then up to 31 of a-z, 0-9 and -, found "../model"',
    ],
    [
      "an unknown layer",
      {layers: [{type: "conv", units: 2}]},
      'layers[0].type: expected one of "dense", "centroids", found "conv"',
    ],
    [
      "a layer without units",
      {layers: [layer, {type: "dense"}]},
      "layers[1].units: expected a number, found nothing",
    ],
    ["no units", units(0), "layers[0].units: expected 1 or more, found 0"],
    ["one unit and a half", units(1.5), "layers[0].units: expected a whole number, found 1.5"],
    ["units as text", units("16"), 'layers[0].units: expected a number, found "16"'],
    ["too many units", units(65_537), "layers[0].units: expected at most 65536, found 65537"],
    [
      "an unknown activation",
      {layers: [{...layer, activation: "swish"}]},
      'layers[0].activation: expected one of "linear", "relu", "leakyRelu", "sigmoid", "tanh", "softmax", found "swish"',
    ],
    ["no layers", {layers: undefined}, "layers: expected an array, found nothing"],
    ["layers that are no list", {layers: {}}, "layers: expected an array, found {}"],
    [
      "a unit that is none",
      input({units: "m/s^2"}),
      'input.units: expected one of "m/s2", "g", "rad/s", "deg/s", found "m/s^2"',
    ],
    [
      "fewer units than axes",
      input({units: ["g"]}),
      'input.units: expected one unit, or a list of as many as axes, found ["g"]',
    ],
    [
      "no input",
      {input: undefined},
      'input: expected "axes", "window" and "statistics", or "columns", found nothing',
    ],
    [
      "axes twice the same",
      input({axes: ["x", "x"]}),
      'input.axes: expected distinct names, found ["x","x"]',
    ],
    ["an empty window", input({window: 0}), "input.window: expected 1 or more, found 0"],
    ["a rate of 0", input({rate: 0}), "input.rate: expected more than 0, found 0"],
    ["no statistics", input({statistics: undefined}), "input.statistics: expected an array, found nothing"],
    [
      "statistics twice the same",
      input({statistics: ["mean", "mean"]}),
      'input.statistics: expected distinct names, found ["mean","mean"]',
    ],
    [
      "columns twice the same",
      {input: {columns: ["a", "a"]}},
      'input.columns: expected distinct names, found ["a","a"]',
    ],
    [
      "a column that is no text",
      {input: {columns: ["a", 1]}},
      "input.columns[1]: expected a string, found 1",
    ],
    ["labels twice the same", {labels: ["a", "a"]}, 'labels: expected distinct names, found ["a","a"]'],
    ["a label that is no text", {labels: ["a", 3]}, "labels[1]: expected a string, found 3"],
    [
      "an unknown loss",
      {loss: "hinge"},
      'loss: expected one of "crossEntropy", "binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError", "nearestCentroid", "reconstruction", found "hinge"',
    ],
    [
      "an unknown optimizer",
      {training: {optimizer: "lion"}},
      'training.optimizer: expected one of "online-sgd", "online-adam", "sgd", "momentum", "adagrad", "rmsprop", "adam", found "lion"',
    ],
    [
      "a learning rate of 0",
      {training: {learningRate: 0}},
      "training.learningRate: expected more than 0, found 0",
    ],
    ["a batch of 0", {training: {batch: 0}}, "training.batch: expected 1 or more, found 0"],
    ["half a seed", {training: {seed: 0.5}}, "training.seed: expected a whole number, found 0.5"],
    [
      "validation on everything",
      {training: {validation: 1}},
      "training.validation: expected at most 0.9, found 1",
    ],
    [
      "patience without end",
      {training: {earlyStopping: {patience: Number.POSITIVE_INFINITY}}},
      "training.earlyStopping.patience: expected a number, found Infinity",
    ],
    [
      "early stopping with nothing to watch",
      {training: {validation: 0, earlyStopping: {patience: 5}}},
      'training.earlyStopping: expected nothing, or "validation" above 0 for it to watch, found {"patience":5}',
    ],
    [
      "a best epoch with nothing to tell it by",
      {training: {validation: 0, keepBest: true}},
      'training.keepBest: expected nothing, or "validation" above 0 for it to watch, found true',
    ],
    ["training that is null", {training: null}, "training: expected an object, found null"],
    ...(
      [
        ["sgd", "gamma", 0.9, 'only learningRate, as the optimizer is "sgd", found 0.9'],
        ["online-sgd", "epsilon", 1e-7, 'only learningRate, as the optimizer is "online-sgd", found 1e-7'],
        [
          "adam",
          "rho",
          0.9,
          'only learningRate, beta1, beta2, epsilon, as the optimizer is "adam", found 0.9',
        ],
        ["online-adam", "beta2", 1, "a number above 0 and below 1, found 1"],
        ["momentum", "gamma", 1, "a number at or above 0 and below 1, found 1"],
        ["rmsprop", "rho", -0.1, "a number at or above 0 and below 1, found -0.1"],
        ["rmsprop", "epsilon", 0, "a number above 0 and below Infinity, found 0"],
        ["adagrad", "epsilon", -1, "a number above 0 and below Infinity, found -1"],
        ["adam", "beta1", 1, "a number above 0 and below 1, found 1"],
        ["adam", "beta2", 0, "a number above 0 and below 1, found 0"],
      ] as const
    ).map(([optimizer, name, value, message]): [string, Fields, string] => [
      `${name} ${value} for ${optimizer}`,
      {training: {optimizer, hyperparameters: {[name]: value}}},
      `training.hyperparameters.${name}: expected ${message}`,
    ]),
    ...(
      [
        ["a decay of 0", {type: "inverse-time", decay: 0}, "decay: expected more than 0, found 0"],
        ["no decay", {type: "exponential"}, "decay: expected a number, found nothing"],
        ["half an update", {type: "steps", every: 0.5}, "every: expected a whole number, found 0.5"],
        ["a drop of 1", {type: "steps", every: 1, drop: 1}, "drop: expected below 1, found 1"],
        ["a patience of 0", {type: "plateau", patience: 0}, "patience: expected 1 or more, found 0"],
        [
          "an unknown schedule",
          {type: "cosine"},
          'type: expected one of "inverse-time", "exponential", "steps", "plateau", found "cosine"',
        ],
      ] as const
    ).map(([title, schedule, message]): [string, Fields, string] => [
      title,
      {training: {schedule}},
      `training.schedule.${message}`,
    ]),
    [
      "a setting of another schedule",
      {training: {schedule: {type: "steps", every: 1, decay: 1}}},
      'training.schedule: expected one of "type", "every", "drop", found "decay"',
    ],
    ...(["clipValue", "clipNorm"] as const).map((name): [string, Fields, string] => [
      `${name} of 0`,
      {training: {[name]: 0}},
      `training.${name}: expected more than 0, found 0`,
    ]),
    ...(["l1", "l2", "biasL1", "biasL2"] as const).map((name): [string, Fields, string] => [
      `a negative ${name}`,
      {layers: [{...layer, [name]: -1}]},
      `layers[0].${name}: expected 0 or more, found -1`,
    ]),
    ["an l2 for all that is negative", {training: {l2: -1}}, "training.l2: expected 0 or more, found -1"],
    ["a dropout of 1", {layers: [{...layer, dropout: 1}]}, "layers[0].dropout: expected below 1, found 1"],
    [
      "a dropout that float32 rounds to 1",
      {layers: [{...layer, dropout: 1 - 1e-12}]},
      "layers[0].dropout: expected a rate that is below 1 as a float32 too, found 0.999999999999",
    ],
    [
      "a weight to start from that is no float32",
      {
        layers: [
          {
            ...layer,
            start: {
              weights: [
                [1, 2],
                [3, 1e39],
              ],
            },
          },
        ],
      },
      "layers[0].start.weights[1][1]: expected a number within 3.4e38 (float32) in size, found 1e+39",
    ],
    [
      "a bias to start from that is no float32",
      {layers: [{...layer, start: {weights: [[1]], biases: [-4e38]}}]},
      "layers[0].start.biases[0]: expected a number within 3.4e38 (float32) in size, found -4e+38",
    ],
    [
      "a penalty on centroids",
      {layers: [{type: "centroids", units: 2}], training: {l2: 0.1}},
      "training.l2: expected no penalty, as centroids have none, found 0.1",
    ],
    [
      "a start that isn't known",
      {layers: [{...layer, start: "zeros"}]},
      'layers[0].start: expected one of "he", "glorot", found "zeros"',
    ],
    [
      "an unknown transform",
      {preprocessing: ["normalize"]},
      'preprocessing[0]: expected one of "standardize", "minMax", "robust", "log", "power", "clip", found "normalize"',
    ],
    [
      "an unknown transform with settings",
      {preprocessing: ["log", {type: "norm"}]},
      'preprocessing[1].type: expected one of "standardize", "minMax", "robust", "log", "power", "clip", found "norm"',
    ],
    [
      "a transform's setting that is no number",
      {preprocessing: [{type: "minMax", low: "0"}]},
      'preprocessing[0].low: expected a number, found "0"',
    ],
    [
      "a setting of another transform",
      {preprocessing: [{type: "standardize", low: 0}]},
      'preprocessing[0]: expected one of "type", "features", found "low"',
    ],
    [
      "a low end that isn't below the high end",
      {preprocessing: [{type: "minMax", low: 2, high: 2}]},
      "preprocessing[0].high: expected a number above the lower one, 2, found 2",
    ],
    [
      "a low end above the high end's default",
      {preprocessing: [{type: "clip", low: 4}]},
      "preprocessing[0].high: expected a number above the lower one, 4, found nothing",
    ],
    [
      "ends that are one number in float32",
      {preprocessing: [{type: "clip", low: 1, high: 1 + 1e-9}]},
      "preprocessing[0].high: expected a number above the lower one, 1, found 1.000000001",
    ],
    [
      "percentiles that fall",
      {preprocessing: [{type: "clip", percentiles: [99, 1]}]},
      "preprocessing[0].percentiles[1]: expected a number above the lower one, 99, found 1",
    ],
    [
      "percentiles and an end",
      {preprocessing: [{type: "clip", percentiles: [1, 99], low: 0}]},
      'preprocessing[0].percentiles: expected either "percentiles", or "low" and "high", found [1,99]',
    ],
    [
      "a feature of a statistic that isn't computed",
      {preprocessing: ["log", {type: "power", features: ["x.mean", "x.trend"]}]},
      'preprocessing[1].features[1]: expected one of "x.mean", "y.mean", found "x.trend"',
    ],
    [
      "a column that isn't there",
      {input: {columns: ["a", "b"]}, preprocessing: [{type: "log", features: ["c"]}]},
      'preprocessing[0].features[0]: expected one of "a", "b", found "c"',
    ],
    [
      "features twice the same",
      {preprocessing: [{type: "log", features: ["x.mean", "x.mean"]}]},
      'preprocessing[0].features: expected distinct names, found ["x.mean","x.mean"]',
    ],
    [
      "no features",
      {preprocessing: [{type: "log", features: []}]},
      "preprocessing[0].features: expected 1 item or more, found []",
    ],
  ])("%s", (_title, fields, message) => {
    expect(messageFor(fields)).toBe(`description: ${message}${AFTER}`);
  });

  test.each([
    ["clipValue", "online-sgd", "sgd"],
    ["clipNorm", "online-sgd", "sgd"],
    ["clipNorm", "online-adam", "adam"],
  ])("%s with %s, which keeps no gradients", (option, optimizer, other) => {
    const fields = {training: {optimizer, [option]: 0.5}};
    expect(messageFor(fields)).toBe(
      `description: training.${option}: expected no clipping, as "${optimizer}" keeps no gradients, found 0.5. ` +
        `Take it out, or the optimizer "${other}", which with a batch of 1 learns from each example too.`,
    );
  });

  test.each([
    [null, "null"],
    [[], "[]"],
    ["text", '"text"'],
    [3, "3"],
    [undefined, "nothing"],
  ])("%j is no description", (source, found) => {
    expect(refusalOf(() => checkDescription(source, "m.json"))).toBe(
      `m.json: expected an object, found ${found}${AFTER}`,
    );
  });

  test.each<[string, Fields, string, string]>([
    ["at the top", {colour: 1}, "description: ", '"colour"'],
    ["in a layer", {layers: [{...layer, unit: 2}]}, "description: layers[0]: ", '"unit"'],
    ["in a window", {input: {...window, rat: 50}}, "description: input: ", '"rat"'],
    ["in training", {training: {optimiser: "adam"}}, "description: training: ", '"optimiser"'],
  ])("an unknown key %s is named with its place", (_where, fields, start, key) => {
    expect(messageFor(fields).startsWith(start)).toBe(true);
    expect(messageFor(fields)).toContain(`found ${key}`);
  });

  // How these messages put it may still become better; that they come, and where they point, may not change.
  test.each<[string, Fields, string]>([
    ["empty layers", {layers: []}, "description: layers: "],
    ["65 layers", {layers: new Array(65).fill(layer)}, "description: layers: "],
    ["an empty label", {labels: ["a", ""]}, "description: labels[1]: "],
    ["an empty axis", {input: {...window, axes: []}}, "description: input.axes: "],
    ["units that are NaN", {layers: [{...layer, units: Number.NaN}]}, "description: layers[0].units: "],
    ["units without end", {layers: [{...layer, units: Infinity}]}, "description: layers[0].units: "],
    ["a rate that is NaN", {input: {...window, rate: Number.NaN}}, "description: input.rate: "],
    ["an empty input", {input: {}}, "description: input"],
    ["a window and columns", {input: {...window, columns: ["a"]}}, "description: input: "],
  ])("%s", (_title, fields, start) => {
    expect(messageFor(fields).slice(0, start.length)).toBe(start);
  });
});

describe("what JSON cannot hold is refused as clearly", () => {
  test("NaN is called NaN in the message, not null", () => {
    expect(messageFor({layers: [{...layer, units: Number.NaN}]})).toContain("found NaN");
  });

  test.each([
    ["a BigInt", 1n],
    ["an object that holds itself", circular()],
  ])("%s is refused by an InputError", (_title, value) => {
    expect(messageFor({name: value})).toContain("description: name: expected a string");
  });

  test("a label with a NUL, which ends a label in the image, is refused", () => {
    expect(messageFor({labels: ["a\0b", "c"]})).toContain("description: labels");
  });
});

function circular(): object {
  const self: Fields = {};
  self.self = self;
  return self;
}

test("a description that is JSON and right gets its defaults", () => {
  expect(parseDescription(JSON.stringify(base), "m.json")).toEqual({
    ...base,
    preprocessing: [{type: "standardize"}],
    loss: "crossEntropy",
    training: {optimizer: "adam", epochs: 100, seed: 1, validation: 0.2},
  });
});

test("a transform's name stands for it with its defaults, and a description read twice stays the same", () => {
  const preprocessing = ["clip", "minMax", {type: "minMax", high: 5, features: ["y.mean"]}];
  const read = checkDescription({...base, preprocessing});
  expect(read.preprocessing).toEqual([
    {type: "clip"},
    {type: "minMax", low: 0, high: 1},
    {type: "minMax", low: 0, high: 5, features: ["y.mean"]},
  ]);
  expect(checkDescription(read)).toEqual(read);
});

test.each(["", "{", '{"name":}', "name: gesture"])(
  "text that isn't JSON is refused with its file: %j",
  (text) => {
    expect(refusalOf(() => parseDescription(text, "m.json"))).toMatch(
      /^m\.json: expected JSON, found .+\. Mend the file at that place\.$/s,
    );
  },
);

test.each<[Fields, string]>([
  [{name: {toString: 1}}, 'description: name: expected a string, found {"toString":1}'],
  [
    {labels: {length: {toString: 1, valueOf: 2}}},
    "description: expected plain texts, numbers, arrays and objects, found one that isn't (Cannot convert object to primitive value)",
  ],
])("an object that won't become a text or a number is refused as any other: %j", (fields, message) => {
  expect(messageFor(fields)).toBe(message + AFTER);
});

test("lists that no network can use are refused before anyone goes through them", () => {
  const many = messageFor({preprocessing: Array(65).fill("log")});
  expect(many).toContain("description: preprocessing: expected at most 64 items, found [");
  const features = Array.from({length: 4097}, (_, k) => `${k}`);
  expect(messageFor({preprocessing: [{type: "log", features}]})).toContain("expected at most 4096 items");
});

test("a value that holds another one many times over is told in a message in no time", () => {
  let value: unknown = [1];
  for (let n = 0; n < 40; n++) value = [value, value];
  expect(refusalOf(() => checkDescription({...base, name: value}))).toMatch(
    /^description: name: .+ found \[/,
  );
});
