import type {Graph, Node} from "../graph/graph.js";
import {dense} from "../ops/dense.js";
import {denseInt8Weights} from "../ops/dense-int8-weights.js";
import {dequantizeWeights, quantizeWeights} from "../quantization/weights.js";

/** Stores the weights of dense layers as int8 numbers; all else stays float32. */
export function quantizeWeightsOf(graph: Graph): Graph {
  return {...graph, nodes: graph.nodes.map((node) => (node.operator === dense ? quantized(node) : node))};
}

function quantized(node: Node): Node {
  const {inputSize, outputSize, parameters} = node;
  const weights = quantizeWeights(parameters, inputSize, outputSize);
  const constants = new Float32Array(2 * outputSize);
  constants.set(parameters.subarray(inputSize * outputSize));
  constants.set(weights.scales, outputSize);
  return {
    ...node,
    operator: denseInt8Weights,
    parameters: dequantizeWeights(weights, parameters, inputSize),
    constants,
    int8: weights.int8,
  };
}
