import {InputError} from "../../runtime/input-error.js";
import {fixedPointOf, type Scale} from "../quantization/scale.js";
import {type Arithmetic, add, multiply, scaleBy, subtract} from "./arithmetic.js";
import {Budget} from "./budget.js";
import {floatsOf} from "./layouts.js";
import {type FoundNetwork, type FoundNode, leakyReluOf, type Part, type Refusal, shapeText} from "./part.js";
import {readTfliteFile, type TfliteOperator, type TfliteTensor} from "./tflite-file.js";
import {FUSED_NAMES} from "./tflite-operators.js";
import type {WholeActivation, WholeDense} from "./whole-network.js";

const SUPPORTED = [
  "FULLY_CONNECTED (float32, or int8 throughout; alone or with RELU or TANH in it)",
  "RELU",
  "LEAKY_RELU (slope 0.01)",
  "LOGISTIC",
  "TANH",
  "SOFTMAX (last)",
  "ADD, SUB and MUL with a constant (float32)",
  "RESHAPE that flattens",
  "QUANTIZE first",
  "DEQUANTIZE last",
] as const;

/**
 * Reads a TensorFlow Lite file: a chain of fully connected layers in float32, or in int8 throughout, with the file's own
 * scales.
 *
 * @param place what to call the file in messages
 * @throws InputError for a damaged file and one with tensors that don't fit; what isn't supported is told by its nodes
 */
export function readTflite(bytes: Uint8Array, place: string): FoundNetwork {
  const graph = readTfliteFile(bytes, place);
  const [input] = graph.inputs;
  const [output] = graph.outputs;
  if (graph.inputs.length !== 1 || graph.outputs.length !== 1) {
    const found = `${graph.inputs.length} inputs and ${graph.outputs.length} outputs`;
    throw new InputError(place, "one input and one output", found, "Split the model.");
  }
  const chain = new Chain(place, input);
  chain.budget.checkNodes(graph.operators.length);
  const nodes = graph.operators.map((operator) => chain.add(operator));
  if (!chain.isLost && chain.at.index !== output.index) {
    const remedy = "Make the model one chain from its input to its output.";
    throw new InputError(
      place,
      `the output "${output.name}" at the chain's end`,
      `"${chain.at.name}"`,
      remedy,
    );
  }
  const whole = chain.input && {input: chain.input, output: chain.output, steps: chain.steps};
  return {format: "TensorFlow Lite", inputSize: featuresOf(input), nodes, whole, supported: SUPPORTED};
}

type Became = readonly Part[] | Refusal;

/** Follows the operators from the input on. */
class Chain {
  readonly budget: Budget;
  readonly steps: (WholeDense | WholeActivation)[] = [];
  /** The scale of the last tensor; undefined where that is float32. */
  get output(): Scale | undefined {
    return !this.isLost && this.at.type === "int8" ? this.#scaleOf(this.at) : undefined;
  }

  /** The scale of the first int8 tensor; undefined in a float32 network. */
  input: Scale | undefined;
  at: TfliteTensor;
  /** Whether something before couldn't be taken, so that nothing behind it can be told from its inputs. */
  isLost = false;
  /** Whether a layer in float32 came before. */
  #isFloat = false;
  readonly #place: string;

  constructor(place: string, input: TfliteTensor) {
    this.#place = place;
    this.budget = new Budget(place);
    this.at = input;
    if (input.type === "int8") this.input = this.#scaleOf(input);
  }

  add(operator: TfliteOperator): FoundNode {
    const [first] = operator.inputs;
    const [output] = operator.outputs;
    if (output === undefined) {
      const remedy = "Convert the model again: the file is damaged.";
      throw new InputError(this.#place, `an output of ${operator.name}`, "none", remedy);
    }
    const became = this.#partsOf(operator, output);
    if ("rewrite" in became) this.isLost = true;
    const inputs = shapeText(first?.shape.slice(1));
    this.at = output;
    return {
      name: output.name,
      operator: operator.name,
      inputs,
      outputs: shapeText(output.shape.slice(1)),
      became,
    };
  }

  #partsOf(operator: TfliteOperator, output: TfliteTensor): Became {
    const handler = HANDLERS[operator.name];
    if (handler === undefined) return {rewrite: rewriteOf(operator.name)};
    // Where the chain was lost, only what an operator is counts.
    if (this.isLost) return [];
    const [first] = operator.inputs;
    if (first?.index !== this.at.index || operator.outputs.length !== 1)
      return {rewrite: "make the model one chain, without branches"};
    return handler.call(this, operator, output);
  }

  dense({inputs: [input, weights, bias], options}: TfliteOperator, output: TfliteTensor): Became {
    if (
      weights === undefined ||
      weights.data === undefined ||
      (bias !== undefined && bias.data === undefined)
    )
      return {rewrite: "make its weights and biases constants"};
    const [units, size] = weights.shape;
    if (
      !(units >= 1 && size >= 1) ||
      weights.shape.length !== 2 ||
      (options?.int8(Options.weightsFormat) ?? 0) !== 0
    )
      return {rewrite: "convert it with plain weights, a row a unit"};
    const fused = FUSED_NAMES[options?.int8(Options.fused) ?? 0];
    const types = [input, weights, output, ...(bias === undefined ? [] : [bias])].map(
      (tensor) => tensor?.type,
    );
    this.#checkSize(output, units);
    this.budget.take(units * size);
    const activation = fusedActivation(fused);
    if (activation === undefined) return {rewrite: `train it with ReLU in place of ${fused}`};
    if (types.every((type) => type === "float32")) {
      if (this.input !== undefined) return {rewrite: WHOLE_OR_NOT};
      this.#isFloat = true;
      const numbers = this.#floats(weights, units * size);
      const biases = bias === undefined ? new Float32Array(units) : this.#floats(bias, units);
      return [{kind: "dense", inputs: size, units, weights: numbers, biases}, ...activation];
    }
    const isWhole = types.every((type, k) => type === (k === 3 ? "int32" : "int8"));
    if (!isWhole) return {rewrite: WHOLE_OR_NOT};
    if (fused === "TANH") return {rewrite: "convert it with TANH as an operator of its own"};
    return [
      ...this.#wholeDense(input as TfliteTensor, weights, bias, output, fused === "RELU"),
      ...activation,
    ];
  }

  /** @returns what the whole numbers stand for */
  #wholeDense(
    input: TfliteTensor,
    weights: TfliteTensor,
    bias: TfliteTensor | undefined,
    output: TfliteTensor,
    isRectified: boolean,
  ): Part[] {
    const [units, size] = weights.shape;
    const from = this.#scaleOf(input);
    const to = this.#scaleOf(output);
    const bytes = this.#bytes(weights, units * size);
    const int8 = new Int8Array(bytes.slice().buffer);
    const biases = bias === undefined ? new Array<number>(units).fill(0) : this.#words(bias, units);
    const scales = this.#weightScales(weights, units);
    const isByUnit = weights.quantized?.scales.length !== 1;
    const factors = scales.map((scale) =>
      // TensorFlow Lite multiplies two float32 numbers where the tensor has one scale, and float64 ones where each unit has.
      fixedPointOf((isByUnit ? from.scale * scale : Math.fround(from.scale * scale)) / to.scale),
    );
    this.steps.push({
      kind: "dense",
      weights: int8,
      biases,
      factors,
      inputZero: from.zeroPoint,
      output: to,
      isRectified,
    });
    return [
      {
        kind: "dense",
        inputs: size,
        units,
        weights: Float64Array.from(int8, (q, k) => q * scales[Math.floor(k / size)]),
        biases: biases.map((q, j) => q * from.scale * scales[j]),
      },
    ];
  }

  activation(
    activation: WholeActivation["activation"],
    {inputs: [input]}: TfliteOperator,
    output: TfliteTensor,
  ): Became {
    this.#checkSize(output, featuresOf(this.at));
    const types = [input?.type, output.type];
    if (types.every((type) => type === "float32")) return [{kind: "activation", activation}];
    if (!types.every((type) => type === "int8")) return {rewrite: WHOLE_OR_NOT};
    if (activation === "softmax") {
      this.#scaleOf(output);
      return [{kind: "activation", activation}];
    }
    const [from, to] = [this.#scaleOf(input as TfliteTensor), this.#scaleOf(output)];
    this.steps.push({kind: "activation", activation, from, to});
    return [{kind: "activation", activation}];
  }

  softmax(operator: TfliteOperator, output: TfliteTensor): Became {
    if ((operator.options?.float32(Options.beta) ?? 1) !== 1) return {rewrite: "take softmax with beta 1"};
    // It goes over the last dimension alone.
    if (this.at.shape[this.at.shape.length - 1] !== featuresOf(this.at))
      return {rewrite: "let it go over flat features"};
    return this.activation("softmax", operator, output);
  }

  leakyRelu(operator: TfliteOperator, output: TfliteTensor): Became {
    const became = leakyReluOf(operator.options?.float32(Options.alpha) ?? 0);
    return "rewrite" in became ? became : this.activation("leakyRelu", operator, output);
  }

  scale(
    {inputs: [, constant], options}: TfliteOperator,
    output: TfliteTensor,
    arithmetic: Arithmetic,
  ): Became {
    if (constant?.data === undefined) return {rewrite: "let one side of it be a constant"};
    // What whole numbers stand for can't take in what comes behind them.
    if (constant.type !== "float32" || output.type !== "float32" || this.input !== undefined)
      return {rewrite: "move it into the layer before it, or convert the model in float32"};
    this.#isFloat = true;
    const activation = fusedActivation(FUSED_NAMES[options?.int8(Options.fused) ?? 0]);
    if (activation === undefined) return {rewrite: "train it with ReLU in its place"};
    const size = featuresOf(this.at);
    const count = constant.shape.reduce((product, n) => product * n, 1);
    // As many numbers in another shape go along another axis.
    if (count !== 1 && !isSameShape(constant.shape, this.at.shape.slice(1)))
      return {rewrite: "let the constant have one number a feature"};
    this.#checkSize(output, size);
    const numbers = this.#floats(constant, count);
    const each = count === 1 ? new Float32Array(size).fill(numbers[0]) : numbers;
    return [scaleBy(each, arithmetic), ...activation];
  }

  reshape(_operator: TfliteOperator, output: TfliteTensor): Became {
    if (featuresOf(output) !== featuresOf(this.at))
      return {rewrite: "let it keep the batch, and only flatten"};
    return this.#sameScale(output) ? [] : {rewrite: "convert it so that it keeps its input's scale"};
  }

  quantize(_operator: TfliteOperator, output: TfliteTensor): Became {
    if (this.at.type !== "float32" || output.type !== "int8" || this.#isFloat || this.input !== undefined)
      return {rewrite: "convert the model in int8 throughout, with one QUANTIZE at its input"};
    this.#checkSize(output, featuresOf(this.at));
    this.input = this.#scaleOf(output);
    return [];
  }

  dequantize(_operator: TfliteOperator, output: TfliteTensor): Became {
    if (this.at.type !== "int8" || output.type !== "float32")
      return {rewrite: "convert the model with float32 weights, or in int8 throughout"};
    this.#checkSize(output, featuresOf(this.at));
    this.#scaleOf(this.at);
    return [];
  }

  #sameScale(output: TfliteTensor): boolean {
    if (output.type !== this.at.type) return false;
    if (output.type !== "int8") return true;
    const [one, other] = [this.#scaleOf(this.at), this.#scaleOf(output)];
    return one.scale === other.scale && one.zeroPoint === other.zeroPoint;
  }

  #checkSize(tensor: TfliteTensor, size: number): void {
    const features = featuresOf(tensor);
    if (features !== size) this.#refuse(tensor, `${size} features`, `${features}`);
  }

  #scaleOf(tensor: TfliteTensor): Scale {
    const {scales = [], zeroPoints = []} = tensor.quantized ?? {};
    const [scale] = scales;
    const [zeroPoint = 0] = zeroPoints;
    if (scales.length !== 1 || !(scale > 0 && scale < Infinity))
      this.#refuse(tensor, "one scale above 0", scales.length === 1 ? `${scale}` : `${scales.length} scales`);
    if (!(zeroPoint >= -128 && zeroPoint <= 127))
      this.#refuse(tensor, "a zero point from -128 to 127", `${zeroPoint}`);
    return {scale, zeroPoint};
  }

  #weightScales(tensor: TfliteTensor, units: number): number[] {
    const {scales = [], zeroPoints = [], axis = 0} = tensor.quantized ?? {};
    if ((scales.length !== 1 && scales.length !== units) || (scales.length > 1 && axis !== 0))
      this.#refuse(tensor, "one scale, or one for each unit", `${scales.length}`);
    const wrong = scales.find((scale) => !(scale > 0 && scale < Infinity));
    if (wrong !== undefined) this.#refuse(tensor, "scales above 0", `${wrong}`);
    const zero = zeroPoints.find((zeroPoint) => zeroPoint !== 0);
    if (zero !== undefined) this.#refuse(tensor, "weights with zero point 0", `${zero}`);
    return Array.from({length: units}, (_, j) => scales[scales.length === 1 ? 0 : j]);
  }

  #floats(tensor: TfliteTensor, count: number): Float32Array {
    if (tensor.type !== "float32") this.#refuse(tensor, "float32 numbers", tensor.type);
    return floatsOf(this.#bytes(tensor, 4 * count));
  }

  #words(tensor: TfliteTensor, count: number): number[] {
    const bytes = this.#bytes(tensor, 4 * count);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({length: count}, (_, k) => view.getInt32(4 * k, true));
  }

  #bytes(tensor: TfliteTensor, count: number): Uint8Array {
    const {data = new Uint8Array(0)} = tensor;
    if (data.length !== count) this.#refuse(tensor, `${count} bytes`, `${data.length}`);
    return data;
  }

  #refuse(tensor: TfliteTensor, expected: string, found: string): never {
    const remedy = "Convert the model again.";
    throw new InputError(`${this.#place}: tensor "${tensor.name}"`, expected, found, remedy);
  }
}

const WHOLE_OR_NOT = "convert it in float32, or in int8 throughout: with int8 inputs and outputs";

/** Fields of the operators' settings, by their number in the schema. */
const Options = {fused: 0, weightsFormat: 1, beta: 0, alpha: 0} as const;

type Handler = (this: Chain, operator: TfliteOperator, output: TfliteTensor) => Became;

const activation = (name: WholeActivation["activation"]): Handler =>
  function (operator, output) {
    return this.activation(name, operator, output);
  };

const scale = (arithmetic: Arithmetic): Handler =>
  function (operator, output) {
    return this.scale(operator, output, arithmetic);
  };

/** TensorFlow Lite's operators, and what makes ours of them. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  FULLY_CONNECTED: Chain.prototype.dense,
  RELU: activation("relu"),
  LOGISTIC: activation("sigmoid"),
  TANH: activation("tanh"),
  SOFTMAX: Chain.prototype.softmax,
  LEAKY_RELU: Chain.prototype.leakyRelu,
  ADD: scale(add),
  SUB: scale(subtract),
  MUL: scale(multiply),
  RESHAPE: Chain.prototype.reshape,
  QUANTIZE: Chain.prototype.quantize,
  DEQUANTIZE: Chain.prototype.dequantize,
};

/** @returns whether two shapes are the same but for ones before them */
function isSameShape(one: readonly number[], other: readonly number[]): boolean {
  const [a, b] = [one, other].map((shape) => shape.slice(shape.findIndex((size) => size !== 1)));
  return a.length === b.length && a.every((size, k) => size === b[k]);
}

/** @returns undefined for one that isn't supported */
function fusedActivation(fused: string | undefined): Part[] | undefined {
  if (fused === "none") return [];
  if (fused === "RELU") return [{kind: "activation", activation: "relu"}];
  if (fused === "TANH") return [{kind: "activation", activation: "tanh"}];
  return undefined;
}

function rewriteOf(operator: string): string {
  if (/CONV|POOL/.test(operator))
    return "compute features before the network, and train dense layers on them";
  if (/LSTM|RNN|SVDF/.test(operator)) return "take a window's statistics as features of dense layers";
  if (/RELU|ELU|SWISH/.test(operator)) return "train it with RELU";
  if (operator === "TRANSPOSE")
    return "bring the features into the order of the dense layer's weights beforehand";
  return "train the network without it";
}

/** @returns numbers in a tensor without its first dimension, the batch; 0 for a shape that nothing can have */
function featuresOf({shape}: TfliteTensor): number {
  const features = shape.slice(1).reduce((product, size) => product * size, 1);
  return shape.length > 1 && features >= 1 && Number.isSafeInteger(features) ? features : 0;
}
