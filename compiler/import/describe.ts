import {InputError} from "../../runtime/input-error.js";
import {checkDescription} from "../description/read.js";
import type {Description, DescriptionSource} from "../description/schema.js";
import type {Graph} from "../graph/graph.js";
import {lower} from "../graph/lower.js";
import {featureCount} from "../preprocessing/stages.js";
import type {ImportedLayer} from "./join.js";

/** Columns that a description may name. */
const MOST_COLUMNS = 4096;

/**
 * Describes an imported network as if it had been written by hand: its inputs are columns x0, x1 and so on, without any
 * preprocessing. After softmax or sigmoid its outputs are labels, which the first training names; else they are targets y0,
 * y1 and so on.
 *
 * @param name of the model
 * @param inputSize of the network
 * @throws InputError as checkDescription does, and for more inputs than a description can name
 */
export function describe(name: string, inputSize: number, layers: readonly ImportedLayer[]): Description {
  const {activation, units} = layers[layers.length - 1];
  for (const [what, size] of [["inputs", inputSize] as const, ["outputs", units] as const]) {
    if (size <= MOST_COLUMNS) continue;
    const remedy = "Compute features before the network, such as statistics of a window.";
    throw new InputError(`${name}: ${what}`, `at most ${MOST_COLUMNS}`, `${size}`, remedy);
  }
  const isClassifier = activation === "sigmoid" || (activation === "softmax" && units > 1);
  const targets = isClassifier ? {} : {targets: namesOf("y", units)};
  return checkDescription({
    name,
    input: {columns: namesOf("x", inputSize)},
    preprocessing: [],
    layers: layers.map((layer) => ({
      type: "dense",
      units: layer.units,
      activation: layer.activation,
      ...(layer.dropout > 0 ? {dropout: layer.dropout} : {}),
    })),
    ...targets,
  } satisfies DescriptionSource);
}

function namesOf(letter: string, count: number): string[] {
  return Array.from({length: count}, (_, k) => `${letter}${k}`);
}

/**
 * @param place what to call the file with the weights in messages
 * @returns the description's graph with the imported parameters
 * @throws InputError when the description is of another network
 */
export function graphOf(
  place: string,
  description: Description,
  inputSize: number,
  layers: readonly ImportedLayer[],
): Graph {
  checkSame(place, description, inputSize, layers);
  const graph = lower(description);
  let layer = 0;
  const nodes = graph.nodes.map((node) => {
    if (node.parameters.length === 0) return node;
    const {weights, biases} = layers[layer++];
    const parameters = new Float32Array(node.parameters.length);
    parameters.set(weights);
    parameters.set(biases, weights.length);
    return {...node, parameters};
  });
  return {...graph, nodes};
}

function checkSame(
  place: string,
  description: Description,
  inputSize: number,
  layers: readonly ImportedLayer[],
): void {
  const own = description.layers.map((layer) =>
    layer.type === "dense" ? `${layer.units} ${layer.activation}` : layer.type,
  );
  const expected = [featureCount(description.input), ...own].join(", ");
  const found = [inputSize, ...layers.map(({units, activation}) => `${units} ${activation}`)].join(", ");
  if (expected === found) return;
  const remedy =
    "Describe the network that the file holds: as many features, units and the same activations.";
  throw new InputError(place, `the layers of ${description.name} (${expected})`, found, remedy);
}

/** @returns the nearest name that a model may have: "My Net_2.onnx" becomes "my-net-2-onnx" */
export function nameFor(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 32)
    .replace(/-+$/, "");
  return name === "" ? "imported" : name;
}
