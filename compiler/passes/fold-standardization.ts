import type {Graph, Node} from "../graph/graph.js";
import {losses} from "../losses.js";
import {dense} from "../ops/dense.js";
import type {Stage} from "../preprocessing/stage.js";
import {standardize} from "../preprocessing/standardize.js";

/**
 * Folds a standardization that comes last into the first layer, so that it costs nothing at run time:
 * w (x - mean) / deviation + b = (w / deviation) x + (b - sum of w mean / deviation). Sums in double, rounded once, so
 * outputs differ from the unfolded network's by roundings. Only where the first layer doesn't learn.
 *
 * @returns both unchanged when there is nothing to fold
 */
export function foldStandardization(
  graph: Graph,
  stages: readonly Stage[],
): {readonly graph: Graph; readonly stages: readonly Stage[]} {
  const [first, ...others] = graph.nodes;
  const last = stages[stages.length - 1];
  // A reconstruction is compared with the input as it is after all preprocessing.
  const needsInput = graph.loss === losses.reconstruction;
  if (needsInput || first?.operator !== dense || last?.runtime !== standardize.runtime)
    return {graph, stages};
  return {
    graph: {...graph, nodes: [foldInto(first, last.constants), ...others]},
    stages: stages.slice(0, -1),
  };
}

/** @param constants means, then inverse deviations */
function foldInto(node: Node, constants: Float32Array): Node {
  const {inputSize, outputSize} = node;
  const parameters = node.parameters.slice();
  for (let j = 0; j < outputSize; j++) {
    let bias = node.parameters[inputSize * outputSize + j];
    for (let i = 0; i < inputSize; i++) {
      const weight = node.parameters[j * inputSize + i] * constants[inputSize + i];
      parameters[j * inputSize + i] = weight;
      bias -= weight * constants[i];
    }
    parameters[inputSize * outputSize + j] = bias;
  }
  return {...node, parameters};
}
