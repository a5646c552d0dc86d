import type {Model} from "../../runtime/model.js";
import type {Graph} from "../graph/graph.js";
import type {Stage} from "../preprocessing/stage.js";

/** @returns what the generated module of this graph exports, without going through a file */
export function modelOf(graph: Graph, stages: readonly Stage[]): Model {
  return Object.freeze({
    operators: Object.freeze([...new Set(graph.nodes.map(({operator}) => operator.runtime))]),
    loss: graph.loss.runtime,
    collectors: Object.freeze(stages.flatMap((stage) => (stage.kind === "collector" ? [stage.runtime] : []))),
    transforms: Object.freeze([
      ...new Set(stages.flatMap((stage) => (stage.kind === "transform" ? [stage.runtime] : []))),
    ]),
  });
}
