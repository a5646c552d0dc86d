import {compile} from "../../compiler/compile.js";
import {checkDescription, parseDescription} from "../../compiler/description/read.js";
import type {Description} from "../../compiler/description/schema.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {featureCount} from "../../compiler/preprocessing/stages.js";
import type {Quantization} from "../../compiler/quantization/quantization.js";
import {InputError} from "../../runtime/input-error.js";
import {Network} from "../../runtime/network.js";
import {baseSources, type Source} from "./base-images.js";
import {drawTree, mutateJson, mutateText} from "./mutate-json.js";
import type {Draw, Target} from "./target.js";

/** Parameters of a network that is still compiled: larger ones are sound too, but take their time. */
const COMPILED = 20_000;
const MAXIMUM_PARAMETERS = 1 << 24;

/**
 * Descriptions, as text and as values. Each is either refused with an InputError that names the place, or becomes a
 * description that compiles, in every number format, into an image that opens, or is refused by the compiler likewise.
 */
export const descriptions: Target = {name: "descriptions", run};

const everything: Source = {
  input: {axes: ["x", "y", "z"], window: 20, rate: 50, units: "g", statistics: ["mean", "rootMeanSquare"]},
  preprocessing: [
    "log",
    {type: "clip", percentiles: [1, 99]},
    {type: "minMax", features: ["x mean"], low: -1, high: 1},
    "standardize",
  ],
  layers: [
    {type: "dense", units: 3, activation: "relu", dropout: 0.2, l1: 0.1, start: {uniform: 0.5}},
    {
      type: "dense",
      units: 2,
      activation: "softmax",
      start: {
        weights: [
          [1, 2, 3],
          [4, 5, -6],
        ],
        biases: [0.5, 0],
      },
    },
  ],
  labels: ["left", "right"],
  training: {
    optimizer: "rmsprop",
    learningRate: 0.01,
    hyperparameters: {rho: 0.9, epsilon: 1e-6},
    schedule: {type: "steps", every: 100, drop: 0.5},
    batch: 4,
    epochs: 10,
    augmentation: {copies: 2, noise: 0.1, rotation: 30, warp: 0.2},
    l2: 0.001,
    clipNorm: 1,
    seed: 7,
    validation: 0.25,
    earlyStopping: {patience: 5, minimumDelta: 0.01},
    keepBest: true,
  },
};

const sources: readonly Source[] = [...baseSources, everything, everything, everything];

function run(draw: Draw): string {
  let description: Description;
  try {
    description = read(draw);
  } catch (error) {
    checkRefusal(error, "description");
    return "refused";
  }
  return compileIt(description, draw);
}

function read(draw: Draw): Description {
  const base = {name: "base", ...structuredClone(draw.from(sources))};
  const share = draw.share();
  if (share < 0.05) return checkDescription(drawTree(draw));
  if (share < 0.2) return parseDescription(mutateText(JSON.stringify(base), draw), "description");
  return checkDescription(mutateJson(base, draw.from(sources), draw));
}

/** @throws anything but an InputError that names the place, in one short line */
function checkRefusal(error: unknown, ...places: readonly string[]): void {
  if (!(error instanceof InputError)) throw error;
  if (!places.some((place) => error.place.startsWith(place)))
    throw new Error(`names no place: ${error.message}`);
  if (error.message.includes("\n")) throw new Error(`more than a line: ${error.message}`);
  if (error.message.length > 2000) throw new Error(`a message of ${error.message.length} characters`);
  if (error.message.includes("undefined")) throw new Error(`an unfinished message: ${error.message}`);
}

function compileIt(description: Description, draw: Draw): string {
  const parameters = parametersOf(description);
  if (parameters > COMPILED && parameters <= MAXIMUM_PARAMETERS) return "accepted, large";
  const learn: readonly WayOfLearning[] = draw.from([
    [],
    ["sgd", "adam"],
    [{optimizer: "online-sgd", layers: 1}],
    [{optimizer: "online-adam", layers: 1}],
  ]);
  try {
    const {image, model} = compile(description, learn, undefined, formatFor(description, draw));
    new Network(model, image).classify();
  } catch (error) {
    checkRefusal(error, description.name, "calibration");
    return "accepted, not compiled";
  }
  if (parameters > MAXIMUM_PARAMETERS) throw new Error(`compiled ${parameters} parameters`);
  return "accepted, compiled";
}

function parametersOf({input, layers}: Description): number {
  let size = featureCount(input);
  let parameters = 0;
  for (const {units} of layers) {
    parameters += (size + 1) * units;
    size = units;
  }
  return parameters;
}

function formatFor({input}: Description, {from, below}: Draw): Quantization {
  const format = from(["float32", "int8-weights", "int8"] as const);
  if (format !== "int8") return {format};
  const size = featureCount(input);
  const rows = Array.from({length: 3}, () => Float32Array.from({length: size}, () => below(200) - 100));
  return {format, rows, percentile: from([100, 99])};
}
