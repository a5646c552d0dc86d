import type {Regularization} from "../../runtime/ops/operator.js";
import type {CompilerLoss} from "../losses.js";
import type {CompilerOperator} from "../ops/operator.js";
import type {Scale} from "../quantization/scale.js";

/** One operator with its sizes and, where it has any, its parameters. */
export interface Node {
  /** Where it comes from, for messages: `layers[0] dense`. */
  readonly name: string;
  readonly operator: CompilerOperator;
  readonly inputSize: number;
  readonly outputSize: number;
  /** As float32 numbers; a quantized layer that can learn has them too, but the image doesn't. */
  readonly parameters: Float32Array;
  /** The operator's 32-bit constants, which never learn: float32 numbers, or words that may hold either kind. */
  readonly constants: Float32Array | Int32Array;
  /** The operator's bytes: quantized weights or a table. */
  readonly int8: Int8Array;
  /** Undefined where nothing is penalized. */
  readonly regularization: Regularization | undefined;
  /** What its outputs stand for, where they are int8 numbers. */
  readonly scale?: Scale;
}

/** @returns the parameters that the image holds as float32 numbers */
export function storedParameters({operator, parameters}: Node): Float32Array {
  return operator.runtime.learnsAs === undefined ? parameters : parameters.subarray(0, 0);
}

/** @returns 32-bit words that the node's outputs take in the arena */
export function outputWords({operator, outputSize}: Node): number {
  return operator.runtime.outputWords?.(outputSize) ?? outputSize;
}

/** @returns whether it is a layer with weights, float32 or int8 */
export function hasWeights({
  operator: {runtime},
  inputSize,
  outputSize,
}: Pick<Node, "operator" | "inputSize" | "outputSize">): boolean {
  const isTable = runtime.inPlace;
  return runtime.parameterCount(inputSize, outputSize) > 0 || (runtime.int8Count !== undefined && !isTable);
}

/** @returns multiplications of one inference */
export function multiplicationsOf(node: Pick<Node, "operator" | "inputSize" | "outputSize">): number {
  return hasWeights(node) ? node.inputSize * node.outputSize : 0;
}

/** A chain of operators: each reads what the one before wrote. */
export interface Graph {
  readonly inputSize: number;
  readonly nodes: readonly Node[];
  readonly loss: CompilerLoss;
}

/** @returns how many numbers the network has to learn */
export function parameterCount(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + node.parameters.length, 0);
}

/** @returns all parameters one after the other, as they lie in the arena */
export function parametersOf(graph: Graph): Float32Array {
  const all = new Float32Array(parameterCount(graph));
  let at = 0;
  for (const node of graph.nodes) {
    all.set(node.parameters, at);
    at += node.parameters.length;
  }
  return all;
}

/** @param parameters as parametersOf gives them; @returns the same graph with these */
export function withParameters(graph: Graph, parameters: Float32Array): Graph {
  let at = 0;
  const nodes = graph.nodes.map((node) => {
    const own = parameters.slice(at, at + node.parameters.length);
    at += own.length;
    return {...node, parameters: own};
  });
  return {...graph, nodes};
}
