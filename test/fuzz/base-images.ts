import {type Compiled, compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import {lower} from "../../compiler/graph/lower.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {optimizerNames} from "../../compiler/optimizers.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {statisticNames} from "../../compiler/preprocessing/statistics.js";
import type {Quantization} from "../../compiler/quantization/quantization.js";

function makeAll(): Compiled[] {
  const everyWay: WayOfLearning[] = [
    ...optimizerNames,
    ...optimizerNames.map((optimizer) => ({optimizer, layers: 1})),
  ];
  const lastLayer: WayOfLearning[] = [
    {optimizer: "online-sgd", layers: 1},
    {optimizer: "adam", layers: 1},
  ];
  const rows = [Float32Array.of(1, -2, 0.5), Float32Array.of(0, 3, -1)];
  const whole: Quantization = {format: "int8", rows, percentile: 100};
  const windowRows = [new Float32Array(8).fill(1), new Float32Array(8).fill(-2)];
  return [
    make(gesture, everyWay),
    make(everyStatistic, ["adam"]),
    make(everyTransform, everyWay),
    make(dropoutAndPenalties, everyWay),
    make(twoClassesOfOne, ["sgd", "momentum"]),
    make(numbers, everyWay),
    make(absoluteNumbers, ["rmsprop"]),
    make(unfused, ["adagrad"]),
    make(autoencoder, everyWay),
    make(centroids, everyWay),
    make(gesture, everyWay, {format: "int8-weights"}),
    make(dropoutAndPenalties, lastLayer, {format: "int8-weights"}),
    make(activations, []),
    make(activations, [], whole),
    make(activations, lastLayer, whole),
    make(gesture, lastLayer, {...whole, rows: windowRows}),
    make(gesture, [], {...whole, rows: windowRows}),
  ];
}

function make(source: Source, learn: readonly WayOfLearning[], quantization?: Quantization): Compiled {
  const description = checkDescription({name: "base", ...source});
  const threshold = description.anomaly && 0.5;
  const trained = {graph: lower(description), stages: fitStages(description, []), threshold};
  return compile(description, learn, trained, quantization);
}

/** A description without its name. */
export type Source = Omit<DescriptionSource, "name">;

const gesture: Source = {
  input: {axes: ["x", "y"], window: 5, statistics: ["mean", "trend", "meanCrossings", "turningPoints"]},
  layers: [
    {type: "dense", units: 5, activation: "relu"},
    {type: "dense", units: 2, activation: "softmax"},
  ],
  labels: ["left", "right"],
};

const everyStatistic: Source = {
  input: {axes: ["x"], window: 3, statistics: [...statisticNames]},
  layers: [{type: "dense", units: 2, activation: "softmax"}],
};

const three = {columns: ["a", "b", "c"]};

const everyTransform: Source = {
  input: three,
  preprocessing: [
    "clip",
    {type: "log", features: ["a"]},
    "power",
    "robust",
    {type: "minMax", low: -1, high: 1},
    "standardize",
  ],
  layers: [
    {type: "dense", units: 4, activation: "tanh"},
    {type: "dense", units: 3, activation: "softmax"},
  ],
};

const dropoutAndPenalties: Source = {
  input: three,
  layers: [
    {type: "dense", units: 6, activation: "leakyRelu", dropout: 0.5, l1: 0.01, l2: 0.02},
    {type: "dense", units: 4, activation: "sigmoid", dropout: 0.25, biasL1: 0.1, biasL2: 0.1},
    {type: "dense", units: 2, activation: "softmax", l2: 0.1},
  ],
};

const twoClassesOfOne: Source = {
  input: three,
  layers: [
    {type: "dense", units: 3, activation: "relu"},
    {type: "dense", units: 1, activation: "sigmoid"},
  ],
  loss: "binaryCrossEntropy",
  labels: ["no", "yes"],
};

const numbers: Source = {
  input: three,
  preprocessing: [],
  layers: [
    {type: "dense", units: 5, activation: "relu"},
    {type: "dense", units: 3, activation: "relu"},
    {type: "dense", units: 2},
  ],
  targets: ["p", "q"],
};

const absoluteNumbers: Source = {...numbers, loss: "meanAbsoluteError"};

const autoencoder: Source = {
  input: three,
  layers: [
    {type: "dense", units: 2, activation: "tanh"},
    {type: "dense", units: 3},
  ],
  anomaly: {},
};

const centroids: Source = {input: three, layers: [{type: "centroids", units: 4}], anomaly: {}};

const unfused: Source = {
  input: three,
  layers: [{type: "dense", units: 2, activation: "sigmoid"}],
  loss: "crossEntropy",
};

const activations: Source = {
  input: three,
  layers: [
    {type: "dense", units: 5, activation: "sigmoid"},
    {type: "dense", units: 6, activation: "tanh"},
    {type: "dense", units: 3, activation: "leakyRelu"},
    {type: "dense", units: 4, activation: "relu"},
    {type: "dense", units: 2, activation: "softmax"},
  ],
};

/** Images that are good, small, and together hold everything that an image can hold. */
export const baseImages: readonly Compiled[] = makeAll();

/** What they were made from. */
export const baseSources: readonly Source[] = [
  gesture,
  everyStatistic,
  everyTransform,
  dropoutAndPenalties,
  twoClassesOfOne,
  numbers,
  absoluteNumbers,
  autoencoder,
  centroids,
  unfused,
  activations,
];
