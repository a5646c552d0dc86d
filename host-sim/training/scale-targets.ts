import type {Description} from "../../compiler/description/schema.js";
import type {Graph} from "../../compiler/graph/graph.js";
import {lower} from "../../compiler/graph/lower.js";
import {deviationOf} from "../../compiler/preprocessing/deviation.js";
import {inverseOf} from "../../compiler/preprocessing/inverse.js";

/**
 * Between the targets' own units and those that training works in: (target - mean) / standard deviation. A network starts
 * with outputs near 0 and moves its parameters by steps that know nothing of units, so that targets near 1013 would be out
 * of its reach. The last layer is linear, w x + b, and takes the scale in and gives it back without another operator.
 */
export interface TargetScale {
  readonly means: readonly number[];
  /** Of the population (divided by n); 1 for a target that is constant. */
  readonly deviations: readonly number[];
}

/**
 * @param wanted of the examples to learn from, in the targets' own units
 * @returns undefined where outputs aren't numbers to predict, or don't come right from a dense layer
 */
export function targetScaleOf(
  {targets, layers}: Description,
  wanted: readonly Float32Array[],
): TargetScale | undefined {
  const last = layers[layers.length - 1];
  if (targets === undefined || last.type !== "dense" || last.activation !== "linear") return undefined;
  const columns = targets.map((_, at) => deviationOf(wanted.map((row) => row[at])));
  return {
    means: columns.map(({mean}) => mean),
    deviations: columns.map(({mean, deviation}) => 1 / inverseOf(deviation, mean)),
  };
}

/**
 * @returns the network that training starts from. Parameters of the last layer that the description gives are in the
 *   targets' own units, those that are drawn are for standardized targets
 * @throws InputError as lower does
 */
export function startOf(description: Description, scale: TargetScale | undefined): Graph {
  const {layers} = description;
  const last = layers[layers.length - 1];
  const isGiven = last.type === "dense" && typeof last.start === "object" && "weights" in last.start;
  const graph = lower(description);
  return isGiven ? unfoldTargets(graph, scale) : graph;
}

/** @returns the examples with standardized targets; as they are without a scale */
export function scaleTargets<Lessons extends {readonly wanted: readonly Float32Array[]}>(
  lessons: Lessons,
  scale: TargetScale | undefined,
): Lessons {
  if (scale === undefined) return lessons;
  const {means, deviations} = scale;
  const wanted = lessons.wanted.map((row) => row.map((value, k) => (value - means[k]) / deviations[k]));
  return {...lessons, wanted};
}

/** @returns the same network with standardized outputs: w / deviation, (b - mean) / deviation, each rounded once */
export function unfoldTargets(graph: Graph, scale: TargetScale | undefined): Graph {
  return scale === undefined
    ? graph
    : withLast(graph, (value, unit, isBias) => {
        const {means, deviations} = scale;
        return (isBias ? value - means[unit] : value) / deviations[unit];
      });
}

/** @returns the same network with outputs in the targets' units: w deviation, b deviation + mean, each rounded once */
export function foldTargets(graph: Graph, scale: TargetScale | undefined): Graph {
  return scale === undefined
    ? graph
    : withLast(graph, (value, unit, isBias) => {
        const {means, deviations} = scale;
        return value * deviations[unit] + (isBias ? means[unit] : 0);
      });
}

/** Of a dense layer: weights, a row a unit, then a bias a unit. */
function withLast(graph: Graph, change: (value: number, unit: number, isBias: boolean) => number): Graph {
  const last = graph.nodes[graph.nodes.length - 1];
  const weights = last.inputSize * last.outputSize;
  const parameters = last.parameters.map((value, k) =>
    k < weights ? change(value, Math.floor(k / last.inputSize), false) : change(value, k - weights, true),
  );
  return {...graph, nodes: [...graph.nodes.slice(0, -1), {...last, parameters}]};
}
