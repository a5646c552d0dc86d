import type {Graph, Node} from "../graph/graph.js";
import {dense} from "../ops/dense.js";
import {fusedActivations} from "../ops/table.js";

/** Makes one operator of a dense layer and its activation before `firstLearning`: the same outputs, and an object less. */
export function fuseActivations(graph: Graph, firstLearning: number): Graph {
  const nodes: Node[] = [];
  graph.nodes.forEach((node, k) => {
    const before = nodes[nodes.length - 1];
    const fused = fusedActivations.get(node.operator);
    if (k < firstLearning && fused !== undefined && before?.operator === dense)
      nodes[nodes.length - 1] = {...before, operator: fused, regularization: undefined};
    else nodes.push(node);
  });
  return {...graph, nodes};
}
