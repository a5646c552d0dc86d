import {sameNeeds} from "../runtime/image/plan.js";
import {type Extras, extraSize} from "../runtime/learning/extras.js";
import type {Compiled} from "./compile.js";
import {parameterCount} from "./graph/graph.js";
import {learningOf, nameOfWay, type WayOfLearning} from "./learning-ways.js";
import {optimizerNames} from "./optimizers.js";
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
  /** "inference", an optimizer's name when all layers learn with it, or "adam on the last layer" and the like */
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
 * @returns the model's bytes: for every optimizer with all layers, whether or not the image holds a plan for it, and for
 *   each way in the image that has some layers learn
 */
export function reportOf({description, graph, ways, plans, image}: Compiled): Report {
  const window = windowSize(description.input);
  const ofSomeLayers = ways.filter((way) => typeof way !== "string" && way.layers !== undefined);
  const uses: (WayOfLearning | undefined)[] = [undefined, ...optimizerNames, ...ofSomeLayers];
  const arenas = uses.map((way): ArenaReport => {
    const use = way === undefined ? "inference" : nameOfWay(way);
    const learning = way && learningOf(way);
    const {arenaSize, lowerBound, learned, firstLearning} = planMemory(graph, window, use, learning);
    const inImage = plans.some(
      (plan) => plan.firstLearning === firstLearning && sameNeeds(plan.learning, learning),
    );
    const steps = graph.nodes.map(({operator, outputSize}) => ({operator: operator.runtime, outputSize}));
    const extraBytes = (extras: Extras) => 4 * extraSize(extras, learned, steps, firstLearning);
    return {
      use,
      bytes: arenaSize * 4,
      lowerBoundBytes: lowerBound * 4,
      inImage,
      keepBestBytes: extraBytes({keepBest: true}),
      watchNeuronsBytes: extraBytes({watchNeurons: true}),
    };
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
