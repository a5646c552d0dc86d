import type {Graph} from "../graph/graph.js";
import {dropout} from "../ops/dropout.js";

/** Takes out dropout before `firstLearning`: it does nothing in inference. */
export function dropDropout(graph: Graph, firstLearning: number): Graph {
  return {...graph, nodes: graph.nodes.filter(({operator}, k) => operator !== dropout || k >= firstLearning)};
}
