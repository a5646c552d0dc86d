import {InputError} from "../../runtime/input-error.js";
import type {Trained} from "../compile.js";
import type {Description} from "../description/schema.js";
import {type Graph, parametersOf, withParameters} from "../graph/graph.js";

/** A dense layer as other programs know it. */
export interface ExportedLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: "linear" | "relu" | "leakyRelu" | "sigmoid" | "tanh" | "softmax";
  readonly dropout: number;
  /** Row by row, a row a unit. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** @returns the dense layers with their parameters, in order; @throws InputError for centroids */
export function exportedLayers(
  {name, layers}: Description,
  {graph}: Pick<Trained, "graph">,
): ExportedLayer[] {
  const nodes = graph.nodes.filter(({parameters}) => parameters.length > 0);
  return layers.map((layer, k) => {
    if (layer.type !== "dense") {
      const remedy = "Read the centroids from the image; no other format has such a layer.";
      throw new InputError(`${name}: layers[${k}]`, "a dense layer", layer.type, remedy);
    }
    const {inputSize, outputSize, parameters} = nodes[k];
    return {
      inputs: inputSize,
      units: outputSize,
      activation: layer.activation,
      dropout: layer.dropout ?? 0,
      weights: parameters.slice(0, inputSize * outputSize),
      biases: parameters.slice(inputSize * outputSize),
    };
  });
}

/**
 * Puts what a device learned in the place of what the image holds.
 *
 * @param place what to call the parameters in messages: their file
 * @param learned the parameters of all layers, or of as many of the last ones as learn, as they lie in the arena
 * @throws InputError for another count, and naming the first number that isn't finite
 */
export function withLearned(place: string, graph: Graph, learned: Float32Array): Graph {
  const all = parametersOf(graph);
  const counts = graph.nodes.map(({parameters}) => parameters.length).filter((count) => count > 0);
  const sums = counts.map((_, k) => counts.slice(k).reduce((sum, count) => sum + count, 0));
  if (!sums.includes(learned.length)) {
    const expected = `${sums.join(" or ")} numbers: those of all layers, or of the last ones that learn`;
    throw new InputError(
      place,
      expected,
      `${learned.length}`,
      "Read all parameters of the layers that learn.",
    );
  }
  const at = learned.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const remedy = "Take parameters from before they broke: lower the learning rate.";
    throw new InputError(`${place}[${at}]`, "a finite number", `${learned[at]}`, remedy);
  }
  all.set(learned, all.length - learned.length);
  return withParameters(graph, all);
}
