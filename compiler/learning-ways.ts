import type {Learning} from "../runtime/image/plan.js";
import {makeOptimizer, type OptimizerName} from "./optimizers.js";

/** How a device may learn: with which optimizer, and how many layers, counted from the last; all when left out. */
export type WayOfLearning =
  | OptimizerName
  | {readonly optimizer: OptimizerName; readonly layers?: number | undefined};

/** @returns what memory it takes a parameter, and for which layers */
export function learningOf(way: WayOfLearning): NonNullable<Learning> {
  const {optimizer, layers} = typeof way === "string" ? {optimizer: way, layers: undefined} : way;
  const {gradients, states} = makeOptimizer(optimizer);
  return {gradients, states, layers};
}

/** @returns its name in reports: "adam", "adam on the last 2 layers" */
export function nameOfWay(way: WayOfLearning): string {
  if (typeof way === "string") return way;
  const {optimizer, layers} = way;
  if (layers === undefined) return optimizer;
  return `${optimizer} on the last ${layers === 1 ? "layer" : `${layers} layers`}`;
}
