import type {Graph} from "../../compiler/graph/graph.js";
import type {ImagePlan} from "../../compiler/image/read-plans.js";
import type {PlanFigures} from "./model-report.js";

const FLOAT32_BYTES = 4;

/** @param plans as readPlans gives them, inference first; @returns the same in bytes, with a name for each moment */
export function memoryFigures(graph: Graph, plans: readonly ImagePlan[]): PlanFigures[] {
  return plans.map(({uses, arenaSize, lowerBound, naiveSum, firstLearning, buffers}) => ({
    uses,
    bytes: arenaSize * FLOAT32_BYTES,
    lowerBoundBytes: lowerBound * FLOAT32_BYTES,
    naiveBytes: naiveSum * FLOAT32_BYTES,
    moments: momentsOf(graph, firstLearning),
    buffers: buffers.map(({name, kind, at, size, from, to}) => ({
      name,
      kind,
      at: at * FLOAT32_BYTES,
      bytes: size * FLOAT32_BYTES,
      from,
      to,
    })),
  }));
}

/** Forward of each operator; where any learns, then the loss, and backward from the last operator to the first. */
function momentsOf({nodes}: Graph, firstLearning: number): string[] {
  const names = nodes.map(({name}) => name);
  if (firstLearning === nodes.length) return names;
  return [...names, "loss", ...names.toReversed().map((name) => `${name}, backward`)];
}
