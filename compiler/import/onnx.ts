import type {ModelProto, NodeProto, TensorProto, ValueInfoProto} from "onnx-buf";
import {InputError} from "../../runtime/input-error.js";
import {type Arithmetic, add, divide, multiply, scaleBy, subtract} from "./arithmetic.js";
import {Budget} from "./budget.js";
import {rowsOfUnits} from "./layouts.js";
import {
  attribute,
  heldBy,
  isTrue,
  type OnnxConstant,
  opsetOf,
  readFloats,
  readOnnxFile,
  readWholes,
  shapeOf,
} from "./onnx-file.js";
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
  "Gemm",
  "MatMul, Add, Sub, Mul and Div with a constant",
  "Relu",
  "LeakyRelu (slope 0.01)",
  "Sigmoid",
  "Tanh",
  "Softmax (last)",
  "BatchNormalization",
  "Flatten",
  "Reshape that flattens",
  "Identity",
  "Dropout",
] as const;

/**
 * Reads an ONNX file: a chain of dense layers in float32.
 *
 * @param place what to call the file in messages
 * @throws InputError for a damaged file and one with tensors that don't fit; what isn't supported is told by its nodes
 */
export function readOnnx(bytes: Uint8Array, place: string): FoundNetwork {
  const model = readOnnxFile(bytes, place);
  const {graph} = model;
  const constants = constantsOf(model);
  const inputs = graph?.input.filter(({name}) => !constants.has(name)) ?? [];
  const outputs = graph?.output ?? [];
  if (graph === undefined || inputs.length !== 1 || outputs.length !== 1) {
    const found = `${inputs.length} inputs and ${outputs.length} outputs`;
    throw new InputError(place, "one input and one output", found, "Split the model.");
  }
  const chain = new Chain(place, model, constants, inputs[0]);
  const running = graph.node.filter(({opType, output}) => opType !== "Constant" || !constants.has(output[0]));
  chain.budget.checkNodes(running.length);
  const inputSize = featuresOf(chain.shape);
  if (inputSize === undefined) {
    const remedy = "Export it with the number of features, and only the batch left open.";
    throw new InputError(
      `${place}: input "${short(inputs[0].name)}"`,
      "a batch and known sizes",
      shapeText(chain.shape),
      remedy,
    );
  }
  const nodes = running.map((node) => chain.add(node));
  if (!chain.isLost && chain.at !== outputs[0].name) {
    const remedy = "Make the model one chain from its input to its output.";
    throw new InputError(
      place,
      `the output "${short(outputs[0].name)}" at the chain's end`,
      `"${short(chain.at)}"`,
      remedy,
    );
  }
  return {format: "ONNX", inputSize, nodes, supported: SUPPORTED};
}

/** @returns what never changes, by name: initializers and Constant nodes */
function constantsOf({graph}: ModelProto): Map<string, TensorProto> {
  const constants = new Map(graph?.initializer.map((tensor) => [tensor.name, tensor]));
  for (const node of graph?.node ?? []) {
    const tensor = node.opType === "Constant" ? heldBy(node) : undefined;
    if (tensor !== undefined) constants.set(node.output[0], tensor);
  }
  return constants;
}

type Shape = readonly (number | string)[];
type Became = readonly Part[] | Refusal;

/** Follows the nodes from the input on. */
class Chain {
  readonly budget: Budget;
  /** The name of what the last node gave. */
  at: string;
  /** Its shape with the batch; undefined where nothing tells. */
  shape: Shape | undefined;
  /** Whether something before couldn't be taken, so that nothing behind it can be told from its inputs. */
  isLost = false;
  readonly opset: number;
  readonly #place: string;
  readonly #constants: ReadonlyMap<string, TensorProto>;
  readonly #shapes: ReadonlyMap<string, Shape | undefined>;

  constructor(
    place: string,
    model: ModelProto,
    constants: ReadonlyMap<string, TensorProto>,
    input: ValueInfoProto,
  ) {
    this.#place = place;
    this.#constants = constants;
    this.budget = new Budget(place);
    this.opset = opsetOf(model);
    this.at = input.name;
    this.shape = shapeOf(input);
    const {valueInfo = [], output = []} = model.graph ?? {};
    this.#shapes = new Map([...valueInfo, ...output].map((info) => [info.name, shapeOf(info)]));
  }

  add(node: NodeProto): FoundNode {
    const [output = ""] = node.output;
    const name = short(node.name || output);
    const inputs = shapeText(this.shape?.slice(1));
    const became = this.#partsOf(node);
    if ("rewrite" in became) {
      this.isLost = true;
      this.shape = this.#shapes.get(output);
    } else if (this.isLost) this.shape = this.#shapes.get(output);
    this.at = output;
    return {
      name,
      operator: short(node.opType),
      inputs,
      outputs: shapeText(this.shape?.slice(1)),
      became,
    };
  }

  #partsOf(node: NodeProto): Became {
    const isOwn = node.domain === "" || node.domain === "ai.onnx";
    const handler = isOwn && Object.hasOwn(HANDLERS, node.opType) ? HANDLERS[node.opType] : undefined;
    if (handler === undefined) return {rewrite: rewriteOf(node.opType)};
    if (this.isLost) return [];
    const changing = node.input.filter((name) => name !== "" && !this.#constants.has(name));
    if (changing.length !== 1 || changing[0] !== this.at)
      return {rewrite: "make the model one chain, without branches, with constant weights"};
    return handler.call(this, node);
  }

  gemm(node: NodeProto): Became {
    const [x, weights, bias = ""] = node.input;
    const [alpha, beta] = [attribute(node, "alpha")?.f ?? 1, attribute(node, "beta")?.f ?? 1];
    if (x !== this.at || attribute(node, "transA")?.i)
      return {rewrite: "let the features be its first input, not transposed"};
    const isByUnit = Boolean(attribute(node, "transB")?.i);
    const matrix = this.#floats(weights);
    const size = this.#flatSize();
    if (matrix.shape.length !== 2 || size === undefined) return {rewrite: "flatten before it"};
    const [first, second] = matrix.shape;
    const [inputs, units] = isByUnit ? [second, first] : [first, second];
    const numbers = isByUnit ? matrix.numbers : rowsOfUnits(matrix.numbers, inputs, units);
    const offsets = bias === "" ? undefined : this.#spread(this.#floats(bias), units);
    if (bias !== "" && offsets === undefined) return {rewrite: "give it one bias a unit"};
    this.shape = [this.shape?.[0] ?? "?", units];
    return [
      {
        kind: "dense",
        inputs,
        units,
        weights: alpha === 1 ? numbers : Float64Array.from(numbers, (value) => value * alpha),
        biases: Float64Array.from({length: units}, (_, k) => (offsets?.[k] ?? 0) * beta),
      },
    ];
  }

  matMul({input: [x, weights]}: NodeProto): Became {
    if (x !== this.at) return {rewrite: "let the features be its first input"};
    const matrix = this.#floats(weights);
    if (matrix.shape.length !== 2 || this.#flatSize() === undefined) return {rewrite: "flatten before it"};
    const [inputs, units] = matrix.shape;
    this.shape = [this.shape?.[0] ?? "?", units];
    return [
      {
        kind: "dense",
        inputs,
        units,
        weights: rowsOfUnits(matrix.numbers, inputs, units),
        biases: new Float32Array(units),
      },
    ];
  }

  scale({input: [one, other]}: NodeProto, arithmetic: Arithmetic): Became {
    if (arithmetic.isOrdered && one !== this.at) return {rewrite: "let the features be its first input"};
    const size = this.#flatSize();
    const constant = this.#floats(one === this.at ? other : one);
    const numbers = size === undefined ? undefined : this.#spread(constant, size);
    if (numbers === undefined)
      return {rewrite: "flatten before it, and let its constant have one number a feature"};
    return [scaleBy(numbers, arithmetic)];
  }

  normalization(node: NodeProto): Became {
    // Before opset 14, statistics among its outputs say that it trains.
    if (attribute(node, "training_mode")?.i || node.output.filter((name) => name !== "").length > 1)
      return {rewrite: "export it for inference"};
    if (this.#flatSize() === undefined) return {rewrite: "flatten before it"};
    const statistics = node.input.slice(1, 5).map((name) => this.#floats(name).numbers);
    const [gamma, beta, mean, variance] = statistics;
    const epsilon = attribute(node, "epsilon")?.f ?? 1e-5;
    if (statistics.length !== 4 || statistics.some(({length}) => length !== mean.length))
      return {rewrite: "export it with scale, bias, mean and variance, one of each a feature"};
    return [normalizationOf({gamma, beta, mean, variance, epsilon})];
  }

  softmax(node: NodeProto): Became {
    const axis = Number(attribute(node, "axis")?.i ?? (this.opset < 13 ? 1 : -1));
    if (this.#flatSize() === undefined || (axis !== 1 && axis !== -1))
      return {rewrite: "flatten before it, and let it go over the features"};
    return [{kind: "activation", activation: "softmax"}];
  }

  dropout(node: NodeProto): Became {
    const [, ratio = "", training] = node.input;
    if (isTrue(this.#constant(training))) return {rewrite: "export it for inference"};
    if (ratio !== "" && this.#floats(ratio).numbers.length !== 1) return {rewrite: "give it one rate"};
    const rate = ratio === "" ? (attribute(node, "ratio")?.f ?? 0.5) : this.#floats(ratio).numbers[0];
    return [{kind: "dropout", rate}];
  }

  flatten(node: NodeProto): Became {
    const axis = Number(attribute(node, "axis")?.i ?? 1);
    const features = featuresOf(this.shape);
    if (axis !== 1 || features === undefined) return {rewrite: "let it flatten from axis 1"};
    this.shape = [this.shape?.[0] ?? "?", features];
    return [];
  }

  reshape(node: NodeProto): Became {
    const wholes = this.#constant(node.input[1]);
    const sizes = wholes && readWholes(wholes);
    const features = featuresOf(this.shape);
    const shape =
      sizes === undefined || this.shape === undefined || features === undefined
        ? undefined
        : reshaped(sizes, this.shape, features);
    if (shape === undefined) return {rewrite: "let it keep the batch, and only flatten"};
    this.shape = shape;
    return [];
  }

  /** @returns the features, where they are one dimension behind the batch */
  #flatSize(): number | undefined {
    return this.shape?.length === 2 ? featuresOf(this.shape) : undefined;
  }

  /** @returns a constant's numbers, one a feature; undefined where it has another shape */
  #spread({shape, numbers}: OnnxConstant, size: number): ArrayLike<number> | undefined {
    const isRow = shape.length <= 2 && shape.slice(0, -1).every((length) => length === 1);
    if (!isRow || (numbers.length !== 1 && numbers.length !== size)) return undefined;
    return numbers.length === size ? numbers : new Float64Array(size).fill(numbers[0]);
  }

  #floats(name: string | undefined): OnnxConstant {
    const tensor = this.#constant(name);
    if (tensor !== undefined)
      return readFloats(tensor, `${this.#place}: tensor "${short(name ?? "")}"`, this.budget);
    const remedy = "Export the model again.";
    throw new InputError(
      this.#place,
      "a constant for each weight",
      `none named "${short(name ?? "")}"`,
      remedy,
    );
  }

  #constant(name: string | undefined): TensorProto | undefined {
    return name === undefined ? undefined : this.#constants.get(name);
  }
}

/**
 * @param sizes the shape asked for: 0 for as it was, one -1 for what is left
 * @param features behind the batch
 * @returns the new shape; undefined unless the batch stays the first dimension
 */
function reshaped(sizes: readonly number[], shape: Shape, features: number): Shape | undefined {
  const [batch] = shape;
  const [first, ...others] = sizes;
  const known = others.map((size, k) => (size === 0 ? shape[k + 1] : size));
  const open = known.filter((size) => size === -1).length;
  const product = known.reduce<number>((all, size) => (size === -1 ? all : all * Number(size)), 1);
  const rest = open === 1 ? features / product : product;
  const keepsBatch =
    first === 0 || first === -1 || first === batch || (first === 1 && typeof batch === "string");
  if (!keepsBatch || open > 1 || (first === -1 && open > 0)) return undefined;
  if (!(Number.isInteger(rest) && rest > 0) || (open === 0 && product !== features)) return undefined;
  return [batch, ...known.map((size) => (size === -1 ? rest : size))];
}

type Handler = (this: Chain, node: NodeProto) => Became;

const activation =
  (name: "relu" | "sigmoid" | "tanh"): Handler =>
  () => [{kind: "activation", activation: name}];

const scale = (arithmetic: Arithmetic): Handler =>
  function (node) {
    return this.scale(node, arithmetic);
  };

/** ONNX's operators, and what makes ours of them. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  Gemm: Chain.prototype.gemm,
  MatMul: Chain.prototype.matMul,
  Add: scale(add),
  Sub: scale(subtract),
  Mul: scale(multiply),
  Div: scale(divide),
  Relu: activation("relu"),
  LeakyRelu: (node) => leakyReluOf(attribute(node, "alpha")?.f ?? 0.01),
  Sigmoid: activation("sigmoid"),
  Tanh: activation("tanh"),
  Softmax: Chain.prototype.softmax,
  BatchNormalization: Chain.prototype.normalization,
  Flatten: Chain.prototype.flatten,
  Reshape: Chain.prototype.reshape,
  Identity: () => [],
  Dropout: Chain.prototype.dropout,
};

function rewriteOf(operator: string): string {
  if (/Conv|Pool/.test(operator))
    return "compute features before the network, and train dense layers on them";
  if (/LSTM|GRU|RNN/.test(operator)) return "take a window's statistics as features of dense layers";
  if (/Relu|Elu|Swish|Gelu|Selu|Softplus|PRelu|Clip/.test(operator)) return "train it with Relu";
  if (/Transpose|Squeeze/.test(operator))
    return "bring the features into the order of the dense layer's weights beforehand";
  if (operator === "Constant") return "let it hold a tensor or numbers, none sparse and no text";
  if (/Shape|Gather|Concat|Cast|Slice/.test(operator))
    return "export it with a fixed shape, with constants folded";
  if (/Quant|Integer/.test(operator)) return "export it in float32, and quantize it here with --format int8";
  return "train the network without it";
}

/** @returns numbers behind the batch; undefined where the shape leaves any open, or has no batch */
function featuresOf(shape: Shape | undefined): number | undefined {
  if (shape === undefined || shape.length < 2) return undefined;
  let features = 1;
  for (const size of shape.slice(1)) {
    if (typeof size === "string" || !(size >= 1)) return undefined;
    features *= size;
  }
  return Number.isSafeInteger(features) ? features : undefined;
}
