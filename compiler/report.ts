import {sameNeeds} from "../runtime/image/plan.js";
import {type Extras, extraSize} from "../runtime/learning/extras.js";
import type {Compiled} from "./compile.js";
import {parameterCount} from "./graph/graph.js";
import {learningOf} from "./learning-ways.js";
import {optimizerNames} from "./optimizers.js";
import {type MemoryPlan, planMemory} from "./plan/plan.js";
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
  /** "inference", the optimizer it learns with, or for a plan of the image's that not all layers learn in, its name */
  readonly use: string;
  readonly bytes: number;
  /** The least that any placement could reach. */
  readonly lowerBoundBytes: number;
  /** Whether the image holds this plan, so that a device can take it. */
  readonly inImage: boolean;
  /** What a learner takes on top when it keeps the best parameters, and when it watches for dead neurons. */
  readonly keepBestBytes: number;
  readonly watchNeuronsBytes: number;
}

/**
 * @returns the model's bytes, for every optimizer, whether or not the image holds a plan for it, and for the image's plans
 *   in which only the last layers learn
 */
export function reportOf({description, graph, plans, image}: Compiled): Report {
  const window = windowSize(description.input);
  const steps = graph.nodes.map(({operator, outputSize}) => ({operator: operator.runtime, outputSize}));
  const arenaOf = (use: string, {learning, arenaSize, lowerBound, learned, firstLearning}: MemoryPlan) => {
    const inImage = plans.some(
      (plan) => plan.firstLearning === firstLearning && sameNeeds(plan.learning, learning),
    );
    const extraBytes = (extras: Extras) => 4 * extraSize(extras, learned, steps, firstLearning);
    return {
      use,
      bytes: arenaSize * 4,
      lowerBoundBytes: lowerBound * 4,
      inImage,
      keepBestBytes: extraBytes({keepBest: true}),
      watchNeuronsBytes: extraBytes({watchNeurons: true}),
    };
  };
  const arenas: readonly ArenaReport[] = [
    arenaOf("inference", planMemory(graph, window, "inference", undefined)),
    ...optimizerNames.map((name) => arenaOf(name, planMemory(graph, window, name, learningOf(name)))),
    ...plans.filter(learnsInPart).map((plan) => arenaOf(plan.name, plan)),
  ];
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

function learnsInPart({firstLearning, outputsAt}: MemoryPlan): boolean {
  return firstLearning > 0 && firstLearning < outputsAt.length;
}
