import type {Model, Sampling} from "../../runtime/model.js";
import type {Graph} from "../graph/graph.js";
import type {Stage} from "../preprocessing/stage.js";
import {operatorsOf} from "./operators-of.js";

/**
 * @param firstLearning nodes from this one on learn in some plan
 * @param sampling see samplingOf
 * @returns what the generated module of this graph exports, without going through a file
 */
export function modelOf(
  graph: Graph,
  stages: readonly Stage[],
  firstLearning = graph.nodes.length,
  sampling?: Sampling,
): Model {
  return Object.freeze({
    operators: Object.freeze(operatorsOf(graph, firstLearning).map(({runtime}) => runtime)),
    loss: graph.loss.runtime,
    collectors: Object.freeze(stages.flatMap((stage) => (stage.kind === "collector" ? [stage.runtime] : []))),
    transforms: Object.freeze([
      ...new Set(stages.flatMap((stage) => (stage.kind === "transform" ? [stage.runtime] : []))),
    ]),
    ...(sampling && {sampling: Object.freeze(sampling)}),
  });
}
