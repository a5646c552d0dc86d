import {NONE, PlanWords} from "../../runtime/image/format.js";
import type {Image} from "../../runtime/image/open.js";
import {findPlan, type Learning, type Plan, sameNeeds} from "../../runtime/image/plan.js";
import type {Graph} from "../graph/graph.js";
import {learningOf, nameOfWay, type WayOfLearning} from "../learning-ways.js";
import {optimizerNames} from "../optimizers.js";
import {type Buffer, lifetimesOf} from "../plan/lifetimes.js";
import {lowerBound} from "../plan/place.js";

/** What a stretch of the arena is for. */
export type BufferKind =
  | "parameters"
  | "gradients"
  | "states"
  | "window"
  | "input"
  | "outputs"
  | "deltas"
  | "masks";

/** A stretch of the arena, and from which to which moment it must stay untouched; see lifetimesOf. */
export interface PlacedBuffer extends Buffer {
  readonly kind: BufferKind;
  /** Where it begins, in float32 numbers. */
  readonly at: number;
}

/** One way in which an image uses the arena; all sizes in float32 numbers. */
export interface ImagePlan {
  /** "inference", or all ways of learning that it serves */
  readonly uses: readonly string[];
  /** Those ways; none for inference. */
  readonly ways: readonly WayOfLearning[];
  readonly firstLearning: number;
  readonly arenaSize: number;
  /** What no plan could go below. */
  readonly lowerBound: number;
  /** What the buffers take without any sharing. */
  readonly naiveSum: number;
  readonly buffers: readonly PlacedBuffer[];
}

/**
 * Reads where an image puts what, for inference and for each way of learning that it holds a plan for.
 *
 * @param graph the image's, as readGraph gives it
 * @param window float32 numbers of a window's sample and state, 0 without
 * @throws InputError for plans that the runtime would refuse
 */
export function readPlans({plans}: Image, graph: Graph, window: number): ImagePlan[] {
  const count = graph.nodes.length;
  const words = PlanWords.plan + count * PlanWords.operator;
  const all = Math.floor((plans.length - PlanWords.header) / words);
  return Array.from({length: all}, (_, k) => {
    const at = PlanWords.header + k * words;
    const [gradients, states, firstLearning] = plans.subarray(at);
    const learning: Learning = firstLearning < count ? {gradients, states} : undefined;
    return placesOf(plans, findPlan(plans, count, learning, firstLearning), learning, graph, window);
  });
}

function placesOf(
  words: Int32Array,
  plan: Plan,
  learning: Learning,
  graph: Graph,
  windowSize: number,
): ImagePlan {
  const {firstLearning, learned, gradients, states, arenaSize} = plan;
  const {buffers, outputs, deltas, masks, input, window} = lifetimesOf(graph, firstLearning, windowSize);
  const last = graph.nodes.length - 1;
  const end = learning === undefined ? last : 2 * (last + 1);
  const places = new Map<number, Pick<PlacedBuffer, "kind" | "at">>([
    [input, {kind: "input", at: plan.inputAt}],
  ]);
  if (window !== undefined) places.set(window, {kind: "window", at: plan.windowAt});
  graph.nodes.forEach((_, k) => {
    const [outputAt, deltaAt, maskAt] = words.subarray(plan.operatorsAt + k * PlanWords.operator);
    places.set(outputs[k], {kind: "outputs", at: outputAt});
    const [delta, mask] = [deltas[k], masks[k]];
    if (delta !== undefined) places.set(delta, {kind: "deltas", at: deltaAt});
    if (mask !== undefined) places.set(mask, {kind: "masks", at: maskAt});
  });
  const staying = [
    {kind: "parameters", at: plan.parametersAt, size: learned},
    {kind: "gradients", at: plan.gradientsAt, size: gradients * learned},
    {kind: "states", at: plan.statesAt, size: states * learned},
  ] as const;
  const parts = staying.filter(({at, size}) => at !== NONE && size > 0);
  const kept = parts.reduce((sum, {size}) => sum + size, 0);
  const ways = learning === undefined ? [] : waysOf(learning, firstLearning, graph);
  return {
    uses: learning === undefined ? ["inference"] : ways.map(nameOfWay),
    ways,
    firstLearning,
    arenaSize,
    lowerBound: kept + lowerBound(buffers),
    naiveSum: kept + buffers.reduce((sum, {size}) => sum + size, 0),
    buffers: [
      ...parts.map((part) => ({...part, name: STAYING[part.kind], from: 0, to: end})),
      ...buffers.map((buffer, index) => ({
        ...buffer,
        ...(places.get(index) as {kind: BufferKind; at: number}),
      })),
    ],
  };
}

const STAYING = {
  parameters: "parameters that learn",
  gradients: "gradients of a batch",
  states: "optimizer's state",
} as const;

/** @returns every way of learning that takes as much memory for the same layers */
function waysOf(learning: NonNullable<Learning>, firstLearning: number, graph: Graph): WayOfLearning[] {
  const layers = graph.nodes.slice(firstLearning).filter(({parameters}) => parameters.length > 0).length;
  return optimizerNames
    .filter((name) => sameNeeds(learningOf(name), learning))
    .map((optimizer) => (firstLearning === 0 ? optimizer : {optimizer, layers}));
}
