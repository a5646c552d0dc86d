import {sameNeeds} from "../runtime/image/plan.js";
import type {Compiled} from "./compile.js";
import {parameterCount} from "./graph/graph.js";
import {makeOptimizer, type OptimizerName, optimizerNames} from "./optimizers.js";
import {planMemory} from "./plan/plan.js";
import {windowSize} from "./preprocessing/stages.js";

/** What a compiled model takes, in bytes. */
export interface Report {
  readonly name: string;
  /** Numbers that the network learned. */
  readonly parameters: number;
  /** Multiplications of one inference, dense layers alone. */
  readonly multiplications: number;
  /** Flash: the image. The code that runs it comes on top. */
  readonly imageBytes: number;
  /** RAM: the one arena, all parameters that learn included. */
  readonly arenas: readonly ArenaReport[];
}

export interface ArenaReport {
  /** "inference", or the optimizer it learns with */
  readonly use: "inference" | OptimizerName;
  readonly bytes: number;
  /** The least that any placement could reach. */
  readonly lowerBoundBytes: number;
  /** Whether the image holds this plan, so that a device can take it. */
  readonly inImage: boolean;
}

/** @returns the model's bytes, for every optimizer, whether or not the image holds a plan for it */
export function reportOf({description, graph, plans, image}: Compiled): Report {
  const window = windowSize(description.input);
  const uses = ["inference", ...optimizerNames] as const;
  const arenas = uses.map((use): ArenaReport => {
    const learning = use === "inference" ? undefined : makeOptimizer(use, undefined);
    const {arenaSize, lowerBound} = planMemory(graph, window, use, learning);
    const inImage = plans.some((plan) => sameNeeds(plan.learning, learning));
    return {use, bytes: arenaSize * 4, lowerBoundBytes: lowerBound * 4, inImage};
  });
  const multiplications = graph.nodes.reduce(
    (sum, {parameters, inputSize, outputSize}) => sum + (parameters.length > 0 ? inputSize * outputSize : 0),
    0,
  );
  return {
    name: description.name,
    parameters: parameterCount(graph),
    multiplications,
    imageBytes: image.length,
    arenas,
  };
}
