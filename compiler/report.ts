import {sameNeeds} from "../runtime/image/plan.js";
import {type Extras, extraSize} from "../runtime/learning/extras.js";
import type {Compiled} from "./compile.js";
import {multiplicationsOf, parameterCount} from "./graph/graph.js";
import type {FlashShares} from "./kernels/flash-shares.js";
import type {KernelSet} from "./kernels/kernel-set.js";
import {learningOf} from "./learning-ways.js";
import {optimizerNames} from "./optimizers.js";
import {type MemoryPlan, planMemory} from "./plan/plan.js";
import {windowSize} from "./preprocessing/stages.js";
import type {NumberFormat} from "./quantization/quantization.js";

/** What a compiled model takes, in bytes. */
export interface Report {
  readonly name: string;
  /** In which numbers the image holds it. */
  readonly format: NumberFormat;
  /** What runs it on a device, as `--kernels` chose. */
  readonly kernels: KernelSet;
  /** Of the board by whose flash that was chosen; undefined where the set was named. */
  readonly flashShares: FlashShares | undefined;
  /** Numbers that the network learned. */
  readonly parameters: number;
  /** Multiplications of one inference, dense layers alone. */
  readonly multiplications: number;
  /** Flash: the image. The code that runs it comes on top. */
  readonly imageBytes: number;
  /** Flash: code that was generated for this model; 0 with portable kernels. */
  readonly kernelBytes: number;
  /** RAM: the one arena, all parameters that learn included. */
  readonly arenas: readonly ArenaReport[];
}

export interface ArenaReport {
  /** "inference", an optimizer that all layers learn with, or how only the last layers learn */
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

/** @returns the model's bytes, for every optimizer, whether or not the image holds a plan for it */
export function reportOf({
  description,
  source,
  quantization,
  plans,
  image,
  generated,
  kernels,
  flashShares,
}: Compiled): Report {
  const window = windowSize(description.input);
  // Where all layers learn, all are float32 in the arena, however the image stores them.
  const all = optimizerNames.map((use) => planMemory(source.graph, window, use, learningOf(use)));
  const onLastLayers = plans.filter(({learning}) => learning?.layers !== undefined);
  const steps = source.graph.nodes.map(({operator, outputSize}) => ({
    operator: operator.runtime,
    outputSize,
  }));
  const arenaOf = (plan: MemoryPlan, inImage: boolean): ArenaReport => {
    const {name, learning, arenaSize, lowerBound, learned} = plan;
    // Counted from the end, as quantizing changes the number of operators.
    const first = plan.deltasAt.filter((at) => at >= 0).length;
    const extraBytes = (extras: Extras) => 4 * extraSize(extras, learned, steps, steps.length - first);
    return {
      use: name,
      bytes: arenaSize * 4,
      lowerBoundBytes: lowerBound * 4,
      inImage,
      keepBestBytes: learning === undefined ? 0 : extraBytes({keepBest: true}),
      watchNeuronsBytes: learning === undefined ? 0 : extraBytes({watchNeurons: true}),
    };
  };
  const multiplications = source.graph.nodes.reduce((sum, node) => sum + multiplicationsOf(node), 0);
  return {
    name: description.name,
    format: quantization.format,
    kernels,
    flashShares,
    parameters: parameterCount(source.graph),
    multiplications,
    imageBytes: image.length,
    kernelBytes: generated?.flashBytes ?? 0,
    arenas: [
      arenaOf(plans[0], true),
      ...all.map((plan) =>
        arenaOf(
          plan,
          plans.some((own) => isSame(own, plan)),
        ),
      ),
      ...onLastLayers.map((plan) => arenaOf(plan, true)),
    ],
  };
}

function isSame(one: MemoryPlan, other: MemoryPlan): boolean {
  return sameNeeds(one.learning, other.learning) && one.learned === other.learned;
}
