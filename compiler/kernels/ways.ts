import type {Graph} from "../graph/graph.js";
import type {MemoryPlan} from "../plan/plan.js";
import {type Method, methodsOf} from "./site.js";
import {sizeOf} from "./size.js";
import {functionText} from "./source.js";

/** The layers of a plan one after the other: one function that calls each of them by its name. */
export interface Way {
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

/** Bytecodes of looking a layer's method up and calling it, in a loop over the steps. */
const CALL_IN_LOOP = 34;

/**
 * @param nameOf what was generated; undefined where the step's operator is to be called
 * @returns for each plan in which something was generated its ways, each once
 */
export function waysOf(graph: Graph, plans: readonly MemoryPlan[], nameOf: NameOf): Way[] {
  const ways = new Map<string, Way>();
  plans.forEach((plan, number) => {
    for (const method of ["forward", "backward"] as const) {
      const calls = callsOf(graph, plan, method);
      if (!calls.some((call) => nameOf(number, call.node, call.method) !== undefined)) continue;
      const lines = linesOf(number, calls, nameOf);
      const key = [method, ...lines].join("\n");
      const same = ways.get(key);
      const name = same?.name ?? `${method}All${ways.size}`;
      const text = functionText(name, method === "forward" ? "steps" : "steps, rate", lines);
      const {bytes, bytecodes} = sizeOf([text]);
      const saved = CALL_IN_LOOP * calls.length - bytecodes;
      ways.set(key, {method, plans: [...(same?.plans ?? []), number], name, text, bytes, saved});
    }
  });
  return [...ways.values()];
}

interface Call {
  readonly node: number;
  readonly method: Method;
}

/** What the runtime calls of an example's way, in this order. */
function callsOf({nodes, loss}: Graph, plan: MemoryPlan, way: Way["method"]): Call[] {
  if (way === "forward") return nodes.map((_, node) => ({node, method: "forward"}));
  const {learning, firstLearning} = plan;
  // An optimizer without gradients that keeps something about each parameter stands between the layers.
  if (learning === undefined || (learning.gradients === 0 && learning.states > 0)) return [];
  const last = nodes.length - (loss.runtime.fusedOperator === undefined ? 1 : 2);
  const calls: Call[] = [];
  for (let node = last; node >= firstLearning; node--)
    // Nobody wants the input deltas of the first.
    for (const method of methodsOf(plan, node, nodes[node]))
      if (method !== "forward" && !(method === "backward" && node === firstLearning))
        calls.push({node, method});
  return calls;
}

function linesOf(plan: number, calls: readonly Call[], nameOf: NameOf): string[] {
  return calls.flatMap(({node, method}) => {
    // The step's own operator, as a program may have put another in the portable one's place.
    const name = nameOf(plan, node, method) ?? `steps[${node}].operator.${method}`;
    return name === "" ? [] : [`${name}(steps[${node}]${method === "learn" ? ", rate" : ""});`];
  });
}
