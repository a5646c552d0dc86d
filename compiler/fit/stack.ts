import {PreprocessingCode} from "../../runtime/image/format.js";
import type {Compiled} from "../compile.js";
import type {MemoryPlan} from "../plan/plan.js";

/**
 * How many slots of the engine's stack a model takes at its deepest: the largest of the ways down that it has. Each
 * figure is a few slots above the smallest stack with which XS 13.3 ran it, on recordings that go all the way down. The preprocessing is
 * deepest: `log` and `power` call logarithms that call others, and behind a window they are reached from its last sample.
 *
 * @param plan of `compiled`, inference's or that of a way of learning
 */
export function stackSlotsOf({graph, stages}: Compiled, plan: MemoryPlan): number {
  const learns = plan.learning !== undefined;
  const has = (code: number) => stages.some(({runtime}) => runtime.code === code);
  const depths: Depths = learns ? LEARNING : INFERENCE;
  const ways = [depths.made];
  if (stages.some(({kind}) => kind === "collector")) {
    ways.push(depths.window);
    if (has(PreprocessingCode.log)) ways.push(depths.windowLog);
    if (has(PreprocessingCode.power)) ways.push(depths.windowPower);
  }
  if (has(PreprocessingCode.log)) ways.push(depths.log);
  if (has(PreprocessingCode.power)) ways.push(depths.power);
  if (graph.nodes.some(({operator}) => operator.runtime.takesInt8 === true)) ways.push(depths.int8);
  if (learns && graph.nodes.some(({regularization}, k) => regularization && k >= plan.firstLearning))
    ways.push(PENALTY);
  return Math.max(...ways);
}

/** `made` is the making of the network or learner, with its checks. */
type Depths = Readonly<
  Record<"made" | "window" | "log" | "windowLog" | "power" | "windowPower" | "int8", number>
>;

const INFERENCE: Depths = Object.freeze({
  made: 212,
  window: 212,
  log: 212,
  windowLog: 236,
  power: 236,
  windowPower: 272,
  int8: 212,
});

const LEARNING: Depths = Object.freeze({
  made: 247,
  window: 247,
  log: 247,
  windowLog: 247,
  power: 247,
  windowPower: 272,
  int8: 247,
});

/** A step on a penalized layer. */
const PENALTY = 250;
