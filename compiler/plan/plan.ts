import type {Learning} from "../../runtime/image/plan.js";
import {InputError} from "../../runtime/input-error.js";
import type {Graph} from "../graph/graph.js";
import {type Buffer, lifetimesOf} from "./lifetimes.js";
import {lowerBound, place} from "./place.js";

/** Every place in the arena, in float32 numbers: parameters, gradients, states, then the buffers with a lifetime. */
export interface MemoryPlan {
  /** "inference", or the names of the optimizers that it serves */
  readonly name: string;
  /** What the arena holds beside the activations. */
  readonly learning: Learning;
  /** Index of the first node that learns; the number of nodes for inference. */
  readonly firstLearning: number;
  readonly learned: number;
  readonly arenaSize: number;
  /** What no plan could go below. */
  readonly lowerBound: number;
  readonly parametersAt: number;
  readonly windowAt: number;
  readonly inputAt: number;
  readonly outputsAt: readonly number[];
  /** -1 where nothing learns. */
  readonly deltasAt: readonly number[];
  /** Where forward keeps a mask for backward, -1 where it doesn't. */
  readonly masksAt: readonly number[];
  readonly buffers: readonly (Buffer & {readonly at: number})[];
}

/** @param learning undefined for inference: parameters stay in the image then */
export function planMemory(graph: Graph, windowSize: number, name: string, learning: Learning): MemoryPlan {
  const firstLearning = learning === undefined ? graph.nodes.length : firstLearningOf(graph, learning.layers);
  const learned = graph.nodes.slice(firstLearning).reduce((sum, node) => sum + node.parameters.length, 0);
  const parameterSpace = learning === undefined ? 0 : learned * (1 + learning.gradients + learning.states);
  const lifetimes = lifetimesOf(graph, firstLearning, windowSize);
  const {offsets, size} = place(lifetimes.buffers);
  const at = (buffer: number | undefined) => (buffer === undefined ? -1 : parameterSpace + offsets[buffer]);
  return {
    name,
    learning,
    firstLearning,
    learned,
    arenaSize: parameterSpace + size,
    lowerBound: parameterSpace + lowerBound(lifetimes.buffers),
    parametersAt: 0,
    windowAt: at(lifetimes.window),
    inputAt: at(lifetimes.input),
    outputsAt: lifetimes.outputs.map(at),
    deltasAt: lifetimes.deltas.map(at),
    masksAt: lifetimes.masks.map(at),
    buffers: lifetimes.buffers.map((buffer, index) => ({...buffer, at: parameterSpace + offsets[index]})),
  };
}

/**
 * @param layers how many layers learn, counted from the last; undefined for all
 * @returns the index of the first node that learns
 * @throws InputError when the network has not as many layers
 */
export function firstLearningOf({nodes}: Graph, layers: number | undefined): number {
  if (layers === undefined) return 0;
  const indices = [...nodes.keys()].filter((k) => nodes[k].parameters.length > 0);
  const first = indices[indices.length - layers];
  if (first !== undefined && Number.isInteger(layers)) return first;
  const remedy = "Say how many layers learn, counted from the last.";
  throw new InputError("learning: layers", `a whole number from 1 to ${indices.length}`, `${layers}`, remedy);
}
