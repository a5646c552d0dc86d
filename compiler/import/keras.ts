import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {checkBySchema} from "../description/read.js";
import {Budget} from "./budget.js";
import {rowsOfUnits} from "./layouts.js";
import {
  type FoundNetwork,
  type FoundNode,
  leakyReluOf,
  normalizationOf,
  type Part,
  type Refusal,
  shapeText,
} from "./part.js";
import {short} from "./short.js";

const SUPPORTED = [
  "Dense",
  "Activation and activations in layers (linear, relu, sigmoid, tanh, softmax last)",
  "ReLU",
  "LeakyReLU (slope 0.01)",
  "Softmax (last)",
  "BatchNormalization",
  "Rescaling",
  "Flatten",
  "Reshape",
  "Dropout",
  "GaussianNoise and GaussianDropout (as nothing)",
] as const;

/** A tensor of a layer. */
export interface KerasTensor {
  readonly shape: readonly number[];
  readonly numbers: ArrayLike<number>;
}

/** A layer whose weights are looked for. */
export interface KerasPlace {
  readonly name: string;
  readonly className: string;
  /** How many layers of the same class stand before it. */
  readonly before: number;
}

/**
 * Finds the weights of a layer.
 * @param names as Keras names them, in the order in which it keeps them
 * @returns one for each name; undefined where one isn't there
 * @throws InputError for numbers that aren't float32, and for another count than the shape says
 */
export type KerasWeights = (
  layer: KerasPlace,
  names: readonly string[],
  budget: Budget,
) => readonly (KerasTensor | undefined)[];

/**
 * Reads the configuration of a Keras model, Sequential or functional, as Keras 2 and 3 and TensorFlow.js write it: a chain
 * of dense layers.
 *
 * @param format whose file it is
 * @param place what to call the file in messages
 * @throws InputError for another configuration and for tensors that don't fit; what isn't supported is told by its layers
 */
export function readKeras(
  format: string,
  place: string,
  config: unknown,
  weights: KerasWeights,
): FoundNetwork {
  const model = checkBySchema(modelSchema, config, `${place}: model`, "Save the model again, whole.");
  const layers = Array.isArray(model.config) ? model.config : model.config.layers;
  const budget = new Budget(place);
  budget.checkNodes(layers.length);
  if (!Array.isArray(model.config)) checkOutputs(place, model.config.output_layers);
  const ordered = Array.isArray(model.config) || model.class_name === "Sequential" ? layers : chainOf(layers);
  const counts = new Map<string, number>();
  const befores = new Map(
    layers.map((layer) => {
      const before = counts.get(layer.class_name) ?? 0;
      counts.set(layer.class_name, before + 1);
      return [layer, before];
    }),
  );
  const chain = new Chain(place, budget, weights);
  const nodes = ordered.flatMap((layer) => {
    const branched = !layers.includes(layer);
    const before = befores.get(layer) ?? 0;
    return layer.class_name === "InputLayer" ? chain.start(layer) : [chain.add(layer, before, branched)];
  });
  return {format, inputSize: chain.inputSize ?? 0, nodes, supported: SUPPORTED};
}

const layerSchema = z.object({
  class_name: z.string().max(200),
  name: z.string().optional(),
  config: z.looseObject({name: z.string().max(1000).optional()}),
  inbound_nodes: z.unknown().optional(),
});

type Layer = z.output<typeof layerSchema>;

const modelSchema = z.object({
  class_name: z.enum(["Sequential", "Functional", "Model"]),
  config: z.union([
    z.object({layers: z.array(layerSchema), output_layers: z.unknown().optional()}),
    z.array(layerSchema),
  ]),
});

/** A chain may give what lies between its layers too. @throws InputError for several outputs */
function checkOutputs(place: string, outputs: unknown): void {
  const names = inboundOf(outputs);
  if (names.length <= 1) return;
  throw new InputError(place, "one output, of the last layer", `${names.length}`, "Split the model.");
}

/**
 * Orders the layers of a functional model from its input on. A layer with several inputs, or behind one that two layers
 * read, comes back as a copy: it isn't one of the file's, and so is refused.
 */
function chainOf(layers: readonly Layer[]): Layer[] {
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]));
  const readers = new Map<string, Layer[]>();
  const branching: Layer[] = [];
  for (const layer of layers) {
    const from = inboundOf(layer.inbound_nodes);
    if (from.length > 1) branching.push(layer);
    for (const name of from) readers.set(name, [...(readers.get(name) ?? []), layer]);
  }
  const inputs = layers.filter((layer) => inboundOf(layer.inbound_nodes).length === 0);
  const ordered: Layer[] = [];
  const seen = new Set<Layer>();
  for (let at: Layer | undefined = inputs[0]; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    ordered.push(at);
    const next: readonly Layer[] = readers.get(nameOf(at)) ?? [];
    if (next.length > 1) branching.push(...next);
    at = next.length === 1 ? byName.get(nameOf(next[0])) : undefined;
  }
  const left = layers.filter((layer) => !seen.has(layer));
  const isBranching = new Set(branching);
  return [...ordered, ...left].map((layer) =>
    isBranching.has(layer) || !seen.has(layer) ? {...layer} : layer,
  );
}

/** @returns the names of the layers that a layer reads: Keras 2 nests arrays, Keras 3 has tensors with a history */
function inboundOf(nodes: unknown): string[] {
  const names: string[] = [];
  const look = (value: unknown, depth: number): void => {
    if (depth > 8 || typeof value !== "object" || value === null) return;
    const history = "keras_history" in value ? value.keras_history : Array.isArray(value) ? value : undefined;
    if (Array.isArray(history) && typeof history[0] === "string" && typeof history[1] === "number")
      names.push(history[0]);
    else for (const inner of Object.values(value)) look(inner, depth + 1);
  };
  look(nodes, 0);
  return names;
}

function nameOf({name, config}: Layer): string {
  return name ?? config.name ?? "";
}

type Became = readonly Part[] | Refusal;

/** Follows the layers from the input on. */
class Chain {
  /** Undefined until something tells. */
  inputSize: number | undefined;
  readonly budget: Budget;
  readonly #place: string;
  readonly #weights: KerasWeights;
  /** Without the batch; undefined where nothing tells. */
  #shape: readonly number[] | undefined;
  #isLost = false;

  constructor(place: string, budget: Budget, weights: KerasWeights) {
    this.#place = place;
    this.budget = budget;
    this.#weights = weights;
  }

  /** An input gives the shape, and is no node of its own. @returns none, or a refusal of a second one */
  start(layer: Layer): FoundNode[] {
    if (this.inputSize !== undefined) return [this.#found(layer, {rewrite: "give the model one input"})];
    this.#open(layer.config.batch_shape ?? layer.config.batch_input_shape);
    return [];
  }

  add(layer: Layer, before: number, isBranched: boolean): FoundNode {
    // The first layer of a Sequential model says the shape itself.
    if (this.inputSize === undefined) this.#open(layer.config.batch_input_shape ?? layer.config.batch_shape);
    const from = shapeText(this.#shape);
    const became = this.#partsOf(layer, before, isBranched);
    if ("rewrite" in became) this.#isLost = true;
    if (this.#isLost) this.#shape = undefined;
    return {...this.#found(layer, became), inputs: from};
  }

  #found(layer: Layer, became: Became): FoundNode {
    const shape = shapeText(this.#shape);
    return {
      name: short(nameOf(layer)),
      operator: short(layer.class_name),
      inputs: shape,
      outputs: shape,
      became,
    };
  }

  #open(batchShape: unknown): void {
    const parsed = z.array(z.int().nullable()).min(2).safeParse(batchShape);
    const shape = parsed.success ? parsed.data.slice(1) : [];
    if (shape.length === 0 || !shape.every((size) => size !== null && size >= 1)) return;
    this.#shape = shape as number[];
    this.inputSize = this.#features();
  }

  #partsOf(layer: Layer, before: number, isBranched: boolean): Became {
    if (isBranched) return {rewrite: "make the model one chain, without branches"};
    const {class_name: className, config} = layer;
    if (!Object.hasOwn(HANDLERS, className)) return {rewrite: rewriteOf(className)};
    if (this.#isLost) return [];
    const find = (names: readonly string[]) => {
      const found = this.#weights({name: nameOf(layer), className, before}, names, this.budget);
      return names.map((name, k) => found[k] ?? this.#refuse(nameOf(layer), `weights "${name}"`, "none"));
    };
    return HANDLERS[className](this, config, find, nameOf(layer));
  }

  #refuse(layer: string, expected: string, found: string): never {
    const remedy = "Save the model again, with its weights.";
    throw new InputError(`${this.#place}: ${short(layer)}`, expected, found, remedy);
  }

  dense(name: string, config: Config, find: Find): Became {
    const hasBias = config.use_bias !== false;
    const activation = activationOf(config.activation);
    if ("rewrite" in activation) return activation;
    if (this.#shape !== undefined && this.#shape.length !== 1) return {rewrite: "put Flatten before it"};
    const [kernel, bias] = find(hasBias ? ["kernel", "bias"] : ["kernel"]);
    if (kernel.shape.length !== 2 || (hasBias && bias.shape.length !== 1))
      return {rewrite: "save it with a matrix and a row of biases"};
    const [inputs, units] = kernel.shape;
    if (config.units !== units) {
      const said = typeof config.units === "number" ? `${config.units} units` : "a number of units";
      this.#refuse(name, `${said}, as its configuration says`, `${units}`);
    }
    // Where no shape is said, the first matrix tells.
    this.inputSize ??= inputs;
    this.#shape = [units];
    return [
      {
        kind: "dense",
        inputs,
        units,
        weights: rowsOfUnits(kernel.numbers, inputs, units),
        biases: hasBias ? bias.numbers : new Float32Array(units),
      },
      ...activation,
    ];
  }

  normalization(config: Config, find: Find): Became {
    const size = this.#flatSize();
    const {axis = -1, center, scale, epsilon = 1e-3} = config;
    const along = Array.isArray(axis) ? axis[0] : axis;
    if (size === undefined || (along !== -1 && along !== 1)) return {rewrite: "let it go over flat features"};
    if (typeof epsilon !== "number") return {rewrite: "give it a number as epsilon"};
    const names = [
      ...(scale === false ? [] : ["gamma"]),
      ...(center === false ? [] : ["beta"]),
      "moving_mean",
      "moving_variance",
    ];
    const found = find(names);
    const numbersOf = (name: string) => found[names.indexOf(name)]?.numbers;
    if (found.some(({numbers}) => numbers.length !== size))
      return {rewrite: "save it with one number a feature"};
    return [
      normalizationOf({
        gamma: numbersOf("gamma"),
        beta: numbersOf("beta"),
        mean: numbersOf("moving_mean") ?? [],
        variance: numbersOf("moving_variance") ?? [],
        epsilon,
      }),
    ];
  }

  rescaling({scale, offset = 0}: Config): Became {
    const size = this.#features();
    if (size === undefined || typeof scale !== "number" || typeof offset !== "number")
      return {rewrite: "give it one scale and one offset"};
    return [
      {
        kind: "scale",
        factors: new Float64Array(size).fill(scale),
        offsets: new Float64Array(size).fill(offset),
      },
    ];
  }

  activation({activation}: Config): Became {
    const became = activationOf(activation);
    const isSoftmax =
      !("rewrite" in became) &&
      became.some((part) => part.kind === "activation" && part.activation === "softmax");
    // It goes over the last dimension alone.
    return isSoftmax ? this.softmax({}) : became;
  }

  softmax({axis = -1}: Config): Became {
    const along = Array.isArray(axis) && axis.length === 1 ? axis[0] : axis;
    if (this.#flatSize() === undefined || (along !== -1 && along !== 1))
      return {rewrite: "let it go over flat features"};
    return [{kind: "activation", activation: "softmax"}];
  }

  flatten({data_format: order}: Config): Became {
    const features = this.#features();
    if (features === undefined) return {rewrite: "give the model's input a fixed shape"};
    if (order === "channels_first" && (this.#shape?.length ?? 0) > 1) return {rewrite: "keep channels last"};
    this.#shape = [features];
    return [];
  }

  reshape({target_shape: target}: Config): Became {
    const features = this.#features();
    const parsed = z.array(z.int().min(-1)).min(1).safeParse(target);
    if (!parsed.success || features === undefined) return {rewrite: "give it a fixed shape"};
    const known = parsed.data.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
    const shape = parsed.data.map((size) => (size === -1 ? features / known : size));
    const isSame = shape.reduce((product, size) => product * size, 1) === features;
    if (!isSame || !shape.every((size) => Number.isInteger(size) && size >= 1))
      return {rewrite: "let it keep all features"};
    this.#shape = shape;
    return [];
  }

  #flatSize(): number | undefined {
    return this.#shape?.length === 1 ? this.#shape[0] : undefined;
  }

  #features(): number | undefined {
    const features = this.#shape?.reduce((product, size) => product * size, 1);
    return features !== undefined && Number.isSafeInteger(features) ? features : undefined;
  }
}

type Config = Readonly<Record<string, unknown>>;
type Find = (names: readonly string[]) => readonly KerasTensor[];
type Handler = (chain: Chain, config: Config, find: Find, name: string) => Became;

/** Keras' layers, and what makes ours of them. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  Dense: (chain, config, find, name) => chain.dense(name, config, find),
  Activation: (chain, config) => chain.activation(config),
  ReLU: (_, {max_value, negative_slope = 0, threshold = 0}) => {
    const isPlain = (max_value ?? null) === null && isZero(negative_slope) && isZero(threshold);
    if (!isPlain) return {rewrite: "train it with plain ReLU: without maximum, slope and threshold"};
    return [{kind: "activation", activation: "relu"}];
  },
  LeakyReLU: (_, {alpha, negative_slope}) => leakyReluOf(slopeOf(negative_slope ?? alpha ?? 0.3)),
  Softmax: (chain, config) => chain.softmax(config),
  BatchNormalization: (chain, config, find) => chain.normalization(config, find),
  Rescaling: (chain, config) => chain.rescaling(config),
  Flatten: (chain, config) => chain.flatten(config),
  Reshape: (chain, config) => chain.reshape(config),
  Dropout: (_, {rate}) =>
    typeof rate === "number" ? [{kind: "dropout", rate}] : {rewrite: "give it a number as rate"},
  // Both do nothing after training.
  GaussianNoise: () => [],
  GaussianDropout: () => [],
};

/** @returns a slope as a number: Keras 2 may keep it as an array of one; NaN for anything else */
function slopeOf(value: unknown): number {
  const inner = typeof value === "object" && value !== null && "config" in value ? value.config : value;
  const one = typeof inner === "object" && inner !== null && "value" in inner ? inner.value : inner;
  return typeof one === "number" ? one : Number.NaN;
}

function isZero(value: unknown): boolean {
  return value === 0 || value === null;
}

/** @param value a name, or how Keras 3 keeps a function or a layer in its place */
function activationOf(value: unknown): Became {
  const config = typeof value === "object" && value !== null && "config" in value ? value.config : value;
  const name = typeof value === "string" ? value : typeof config === "string" ? config : classOf(value);
  switch (name) {
    case undefined:
    case "linear":
      return [];
    case "relu":
    case "sigmoid":
    case "tanh":
    case "softmax":
      return [{kind: "activation", activation: name}];
    case "leaky_relu":
      // Keras 3 has this slope where a name stands.
      return leakyReluOf(0.2);
    default:
      return {rewrite: `train it with relu in place of ${short(name)}`};
  }
}

function classOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  const isNamed = typeof value === "object" && "class_name" in value && typeof value.class_name === "string";
  return isNamed ? `${value.class_name}` : "another activation";
}

function rewriteOf(className: string): string {
  if (/Conv|Pool/.test(className))
    return "compute features before the network, and train dense layers on them";
  if (/LSTM|GRU|RNN/.test(className)) return "take a window's statistics as features of dense layers";
  if (/ReLU|ELU|PReLU/.test(className)) return "train it with ReLU";
  if (/Sequential|Functional|Model/.test(className)) return "put its layers into the outer model";
  if (/Normalization/.test(className))
    return "take BatchNormalization, or standardize the features beforehand";
  return "train the network without it";
}
