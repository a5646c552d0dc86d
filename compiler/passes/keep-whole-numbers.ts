import type {Graph, Node} from "../graph/graph.js";
import type {WholeNetwork} from "../import/whole-network.js";
import {dense} from "../ops/dense.js";
import {dequantize} from "../ops/dequantize.js";
import {quantize} from "../ops/quantize.js";
import {relu} from "../ops/relu.js";
import {scaling, tableOf, wholeDense} from "./quantize-activations.js";

/**
 * Takes the whole numbers of a file in place of the layers before `firstFloat`: its weights, biases and factors to the bit,
 * where quantizeActivations would find scales of its own. Behind the last of them stands a dequantize.
 *
 * @param graph what the whole numbers stand for, without dropout before `firstFloat`
 * @param firstFloat nodes from this one on stay as they are, because they learn; the number of nodes for none
 */
export function keepWholeNumbers(graph: Graph, {input, steps}: WholeNetwork, firstFloat: number): Graph {
  const {nodes, inputSize} = graph;
  const kept: Node[] = [scaling(quantize, "input", inputSize, input)];
  let at = input;
  let end = 0;
  for (const step of steps) {
    if (end >= firstFloat) break;
    const node = nodes[end++];
    if (step.kind === "activation") {
      kept.push(tableOf(node, step.from, step.to));
      at = step.to;
      continue;
    }
    if (node.operator !== dense) throw new Error(`${node.name} stands where a dense layer was found`);
    kept.push(wholeDense(node, step));
    at = step.output;
    if (step.isRectified && nodes[end]?.operator === relu) end++;
  }
  if (end === 0) return graph;
  kept.push(scaling(dequantize, nodes[end - 1].name, nodes[end - 1].outputSize, at));
  return {...graph, nodes: [...kept, ...nodes.slice(end)]};
}
