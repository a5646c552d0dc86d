import type {Graph, Node} from "../graph/graph.js";
import {dense} from "../ops/dense.js";
import {denseRelu} from "../ops/dense-relu.js";
import {relu} from "../ops/relu.js";

/** Makes one operator of a dense layer and its ReLU before `firstLearning`: the same outputs, and an object less. */
export function fuseRelu(graph: Graph, firstLearning: number): Graph {
  const nodes: Node[] = [];
  graph.nodes.forEach((node, k) => {
    const before = nodes[nodes.length - 1];
    if (k < firstLearning && node.operator === relu && before?.operator === dense)
      nodes[nodes.length - 1] = {...before, operator: denseRelu, regularization: undefined};
    else nodes.push(node);
  });
  return {...graph, nodes};
}
