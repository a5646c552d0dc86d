import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {checkBySchema, parseJson} from "../description/read.js";
import type {Description} from "../description/schema.js";
import {featureCount} from "../preprocessing/stages.js";
import {Budget} from "./budget.js";
import {floatsOf, rowsOfUnits} from "./layouts.js";
import {type FoundNetwork, type FoundNode, type Part, shapeText} from "./part.js";
import {short} from "./short.js";

/** The header's own limit, of the format's reference reader. */
const MOST_HEADER_BYTES = 100_000_000;
/** Characters of a tensor's name. */
const MOST_NAME = 200;
const REMEDY = "Save the weights again: the file is damaged.";

const size = z.int().min(0);
const header = z.record(
  z.string(),
  z.object({dtype: z.string(), shape: z.array(size), data_offsets: z.tuple([size, size])}),
);

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

/**
 * Reads a file of weights, whose layers a description says: for each dense layer a tensor with a name that ends in
 * "weight", a row a unit as PyTorch keeps it, or in "kernel", a row an input; and one that ends in "bias", or none. Layers
 * go in the order of their names, numbers in them by their value.
 *
 * @param place what to call the file in messages
 * @throws InputError for a damaged file, and for tensors that don't fit the description
 */
export function readSafetensors(bytes: Uint8Array, place: string, description: Description): FoundNetwork {
  const layers = layersOf(place, tensorsOf(place, bytes));
  const dense = description.layers.filter((layer) => layer.type === "dense");
  if (layers.length !== dense.length || dense.length !== description.layers.length) {
    const found = `${layers.length} (${short(layers.map(({name}) => name).join(", "))})`;
    const remedy = "Describe the layers that the file holds.";
    throw new InputError(place, `${dense.length} dense layers, as ${description.name} has`, found, remedy);
  }
  const inputSize = featureCount(description.input);
  const nodes = layers.map(({name, inputs, units, weights, biases}, k): FoundNode => {
    const {activation, dropout = 0} = dense[k];
    const became: Part[] = [{kind: "dense", inputs, units, weights, biases}];
    if (activation !== "linear") became.push({kind: "activation", activation});
    if (dropout > 0) became.push({kind: "dropout", rate: dropout});
    return {
      name: short(name),
      operator: "tensors",
      inputs: shapeText([inputs]),
      outputs: shapeText([units]),
      became,
    };
  });
  return {format: "safetensors", inputSize, nodes, supported: ["tensors of dense layers"]};
}

function tensorsOf(place: string, bytes: Uint8Array): Tensor[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (length < 2 || length > Math.min(bytes.length - 8, MOST_HEADER_BYTES)) {
    const found = length < 0 ? `${bytes.length} bytes` : `${length} bytes`;
    throw new InputError(`${place}: header`, `2 to ${Math.max(2, bytes.length - 8)} bytes`, found, REMEDY);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", {fatal: true}).decode(bytes.subarray(8, 8 + length));
  } catch {
    throw new InputError(`${place}: header`, "UTF-8 text", "other bytes", REMEDY);
  }
  const {__metadata__: _, ...rest} = objectOf(parseJson(text, `${place}: header`), place);
  const odd = Object.keys(rest).find((name) => name.length > MOST_NAME || /\p{C}/u.test(name));
  if (odd !== undefined) {
    const expected = `names of at most ${MOST_NAME} characters on one line`;
    throw new InputError(`${place}: header`, expected, `"${short(odd)}"`, REMEDY);
  }
  const tensors = checkBySchema(header, rest, `${place}: header`, REMEDY);
  const data = bytes.subarray(8 + length);
  const budget = new Budget(place);
  const used: (readonly [number, number])[] = [];
  const all = Object.entries(tensors).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const at = `${place}: ${short(name)}`;
      if (dtype !== "F32")
        throw new InputError(at, "F32 numbers", short(dtype), "Save the weights as float32.");
      const count = shape.reduce((product, size) => product * size, 1);
      if (to > data.length || to - from !== 4 * count) {
        const expected = `${4 * count} bytes within ${data.length}, as its shape ${shapeText(shape)} says`;
        throw new InputError(at, expected, `${from} to ${to}`, REMEDY);
      }
      budget.take(count);
      used.push([from, to]);
      return {name, shape, numbers: floatsOf(data.subarray(from, to))};
    },
  );
  checkNoGaps(place, used, data.length);
  return all;
}

function objectOf(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new InputError(`${place}: header`, "an object", "another value", REMEDY);
}

/** The format leaves no byte between tensors, and lets none overlap. */
function checkNoGaps(place: string, used: (readonly [number, number])[], length: number): void {
  let at = 0;
  for (const [from, to] of used.sort(([a, b], [c, d]) => a - c || b - d)) {
    if (from !== at) throw new InputError(place, `a tensor's bytes from ${at} on`, `from ${from} on`, REMEDY);
    at = to;
  }
  if (at !== length) throw new InputError(place, `${at} bytes of tensors`, `${length}`, REMEDY);
}

interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

function layersOf(place: string, tensors: readonly Tensor[]): Layer[] {
  const groups = new Map<string, Record<string, Tensor>>();
  for (const tensor of tensors) {
    const [, name, part] = /^(?:(.*)\.)?(weight|kernel|bias)$/.exec(tensor.name) ?? [];
    if (part === undefined) {
      const expected = "tensors whose names end in .weight, .kernel or .bias";
      const remedy = "Save the weights of dense layers alone.";
      throw new InputError(place, expected, `"${short(tensor.name)}"`, remedy);
    }
    groups.set(name ?? "", {...groups.get(name ?? ""), [part]: tensor});
  }
  const names = [...groups.keys()].sort((a, b) => a.localeCompare(b, "en", {numeric: true}));
  return names.map((name) => layerOf(place, name, groups.get(name) ?? {}));
}

function layerOf(
  place: string,
  name: string,
  {weight, kernel, bias}: Record<string, Tensor | undefined>,
): Layer {
  const at = `${place}: ${short(name)}`;
  const matrix = weight ?? kernel;
  if (matrix === undefined || (weight !== undefined && kernel !== undefined) || matrix.shape.length !== 2) {
    const found = matrix === undefined ? "none" : shapeText(matrix.shape);
    const remedy = "Save the weights of dense layers alone.";
    throw new InputError(at, "one matrix of weights", found, remedy);
  }
  const [units, inputs] = weight === undefined ? matrix.shape.toReversed() : matrix.shape;
  if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== units))
    throw new InputError(`${at}.bias`, `shape [${units}]`, shapeText(bias.shape), REMEDY);
  return {
    name,
    inputs,
    units,
    weights: weight === undefined ? rowsOfUnits(matrix.numbers, inputs, units) : matrix.numbers,
    biases: bias?.numbers ?? new Float32Array(units),
  };
}
