import type {Graph} from "../graph/graph.js";
import type {CompilerOperator} from "../ops/operator.js";
import {layers} from "../ops/table.js";

/**
 * @param firstLearning nodes from this one on learn in some plan
 * @returns the operators that a device needs: those of the graph, and those in whose form quantized layers learn
 */
export function operatorsOf({nodes}: Graph, firstLearning: number): readonly CompilerOperator[] {
  const needed = nodes.flatMap(({operator}, k) => {
    const {learnsAs} = operator.runtime;
    const learning = Object.values(layers).find(({runtime}) => runtime.code === learnsAs);
    return learning !== undefined && k >= firstLearning ? [operator, learning] : [operator];
  });
  return [...new Set(needed)];
}
