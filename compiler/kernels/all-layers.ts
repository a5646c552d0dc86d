import type {Graph} from "../graph/graph.js";
import type {MemoryPlan} from "../plan/plan.js";
import {type Method, methodsOf} from "./site.js";
import {sizeOf} from "./size.js";
import {functionText} from "./source.js";

/** The layers of a plan one after the other: one function that calls each of them by its name. */
export interface AllLayers {
  readonly method: "forward" | "backward";
  /** Numbers of the plans that share it. */
  readonly plans: readonly number[];
  readonly name: string;
  readonly text: string;
  /** Of flash. */
  readonly bytes: number;
  /** Bytecodes that it saves each time, about. */
  readonly saved: number;
}

/** What runs as a method of a node in a plan: a function's name; "" where nothing is left to do. */
export type NameOf = (plan: number, node: number, method: Method) => string | undefined;

/**
 * Bytecodes of looking a layer's method up and calling it, in the loop that calls them one by one: XS 13.3, measured with
 * functions that do nothing. Of a layer whose gradients are added, its backward counts as the turn of the loop.
 */
const CALL_IN_LOOP: Readonly<Record<Method, number>> = Object.freeze({
  forward: 30,
  learn: 38,
  backward: 38,
  addGradients: 7,
});

/** Bytecodes in which a dense layer sees that nobody wants its input deltas. */
const NOTHING_TO_DO = 49;

/**
 * @param nameOf what was generated; undefined where the step's operator is to be called
 * @returns such functions of each plan in which something was generated, each once
 */
export function allLayersOf(graph: Graph, plans: readonly MemoryPlan[], nameOf: NameOf): AllLayers[] {
  const found = new Map<string, AllLayers>();
  plans.forEach((plan, number) => {
    for (const method of ["forward", "backward"] as const) {
      const calls = callsOf(graph, plan, method);
      if (!calls.some((call) => nameOf(number, call.node, call.method) !== undefined)) continue;
      const lines = linesOf(number, calls, nameOf);
      const key = [method, ...lines].join("\n");
      const same = found.get(key);
      const name = same?.name ?? `${method}All${found.size}`;
      const text = functionText(name, method === "forward" ? "steps" : "steps, rate", lines);
      const {bytes, bytecodes} = sizeOf([text]);
      const saved = calls.reduce((sum, call) => sum + inLoop(call), 0) - bytecodes;
      found.set(key, {method, plans: [...(same?.plans ?? []), number], name, text, bytes, saved});
    }
  });
  return [...found.values()];
}

interface Call {
  readonly node: number;
  readonly method: Method;
  /** Whether it does anything: nobody wants the input deltas of the first that learns. */
  readonly isWanted: boolean;
}

/** @returns bytecodes that it takes in the loop, beside what it does */
function inLoop({method, isWanted}: Call): number {
  return CALL_IN_LOOP[method] + (isWanted ? 0 : NOTHING_TO_DO);
}

/** What the runtime calls of an example's way, in this order. */
function callsOf({nodes, loss}: Graph, plan: MemoryPlan, of: AllLayers["method"]): Call[] {
  if (of === "forward") return nodes.map((_, node) => ({node, method: "forward", isWanted: true}));
  const {learning, firstLearning} = plan;
  // An optimizer without gradients that keeps something about each parameter stands between the layers.
  if (learning === undefined || (learning.gradients === 0 && learning.states > 0)) return [];
  const last = nodes.length - (loss.runtime.fusedOperator === undefined ? 1 : 2);
  const calls: Call[] = [];
  for (let node = last; node >= firstLearning; node--)
    for (const method of methodsOf(plan, node, nodes[node]))
      if (method !== "forward")
        calls.push({node, method, isWanted: method !== "backward" || node > firstLearning});
  return calls;
}

function linesOf(plan: number, calls: readonly Call[], nameOf: NameOf): string[] {
  return calls.flatMap(({node, method, isWanted}) => {
    // The step's own operator, as a program may have put another in the portable one's place.
    const name = nameOf(plan, node, method) ?? `steps[${node}].operator.${method}`;
    return !isWanted || name === "" ? [] : [`${name}(steps[${node}]${method === "learn" ? ", rate" : ""});`];
  });
}
