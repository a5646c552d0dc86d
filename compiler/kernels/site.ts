import type {Graph, Node} from "../graph/graph.js";
import type {CompilerOperator} from "../ops/operator.js";
import {layers} from "../ops/table.js";
import type {MemoryPlan} from "../plan/plan.js";
import {learnsAtOnce} from "./source.js";

/** The functions of an operator that can be generated. */
export type Method = "forward" | "learn" | "addGradients" | "backward";

/**
 * Where one function of one operator works: what its code may take as given. Plans in which all of this is the same
 * share the code. Places count float32 numbers of the arena.
 */
export interface Site {
  readonly method: Method;
  /** Number of the node in the graph. */
  readonly index: number;
  readonly node: Node;
  /** What runs there: another than the node's where it learns and is stored quantized. */
  readonly operator: CompilerOperator;
  /** What runs behind it. */
  readonly next: CompilerOperator | undefined;
  readonly learns: boolean;
  /** Of a node that learns; -1 for others. */
  readonly parametersAt: number;
  /** Where gradients are summed; -1 where they aren't, or where the method doesn't look at them. */
  readonly gradientsAt: number;
  /** Whether it stands right behind a node that updates its parameters in one function, `learn`. */
  readonly isBehindLearn: boolean;
  /** Whether something before it learns. */
  readonly wantsInputDeltas: boolean;
  /** Undefined where the plans don't agree: the code then takes it from the step. */
  readonly inputAt: number | undefined;
  readonly outputAt: number | undefined;
  readonly inputDeltaAt: number | undefined;
  readonly outputDeltaAt: number | undefined;
  /** Numbers of the plans that share it. */
  readonly plans: readonly number[];
}

/** @returns for each method that any plan calls, and for each node, the sites where it works */
export function sitesOf(graph: Graph, plans: readonly MemoryPlan[]): Site[] {
  const sites = new Map<string, Site>();
  plans.forEach((plan, number) => {
    graph.nodes.forEach((_, index) => {
      for (const method of methodsOf(plan, index, graph.nodes[index])) {
        const site = siteOf(graph, plan, number, index, method);
        const {learns, isBehindLearn, parametersAt, gradientsAt, wantsInputDeltas, next} = site;
        const own = [index, method, learns, isBehindLearn];
        const key = [...own, parametersAt, gradientsAt, wantsInputDeltas, next?.runtime.name];
        const same = sites.get(key.join());
        sites.set(key.join(), same === undefined ? site : merged(same, site));
      }
    });
  });
  return [...sites.values()];
}

/** @returns what the runtime calls of a node in a plan; of the way back, in this order */
export function methodsOf(
  {learning, firstLearning}: MemoryPlan,
  index: number,
  {parameters}: Node,
): readonly Method[] {
  if (learning === undefined || index < firstLearning) return ["forward"];
  if (parameters.length === 0) return ["forward", "backward"];
  if (learning.gradients > 0) return ["forward", "addGradients", "backward"];
  // An optimizer without gradients that keeps something about each parameter goes its own way with them.
  return learning.states > 0 ? ["forward", "backward"] : ["forward", "learn"];
}

function siteOf(graph: Graph, plan: MemoryPlan, number: number, index: number, method: Method): Site {
  const node = graph.nodes[index];
  const next = graph.nodes[index + 1];
  const learns = index >= plan.firstLearning;
  const learnedBefore = graph.nodes
    .slice(plan.firstLearning, index)
    .reduce((sum, {parameters}) => sum + parameters.length, 0);
  const goesBack = method !== "forward";
  return {
    method,
    index,
    node,
    operator: learns ? learningForm(node.operator) : node.operator,
    next: next?.operator,
    learns,
    parametersAt: learns ? plan.parametersAt + learnedBefore : -1,
    gradientsAt: method === "addGradients" ? plan.parametersAt + plan.learned + learnedBefore : -1,
    isBehindLearn:
      goesBack &&
      index > plan.firstLearning &&
      methodsOf(plan, index - 1, graph.nodes[index - 1]).includes("learn") &&
      learnsAtOnce(graph.nodes[index - 1]),
    wantsInputDeltas: goesBack && index > plan.firstLearning,
    inputAt: index === 0 ? plan.inputAt : plan.outputsAt[index - 1],
    outputAt: plan.outputsAt[index],
    inputDeltaAt: goesBack && index > 0 ? plan.deltasAt[index - 1] : undefined,
    outputDeltaAt: goesBack ? plan.deltasAt[index] : undefined,
    plans: [number],
  };
}

function learningForm(operator: CompilerOperator): CompilerOperator {
  const {learnsAs} = operator.runtime;
  return Object.values(layers).find(({runtime}) => runtime.code === learnsAs) ?? operator;
}

function merged(one: Site, other: Site): Site {
  const agreed = (place: "inputAt" | "outputAt" | "inputDeltaAt" | "outputDeltaAt") =>
    one[place] === other[place] ? one[place] : undefined;
  return {
    ...one,
    inputAt: agreed("inputAt"),
    outputAt: agreed("outputAt"),
    inputDeltaAt: agreed("inputDeltaAt"),
    outputDeltaAt: agreed("outputDeltaAt"),
    plans: [...one.plans, ...other.plans],
  };
}
