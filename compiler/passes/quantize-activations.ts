import type {Step} from "../../runtime/ops/operator.js";
import type {Graph, Node} from "../graph/graph.js";
import type {WholeDense} from "../import/whole-network.js";
import {dense} from "../ops/dense.js";
import {denseInt8} from "../ops/dense-int8.js";
import {dequantize} from "../ops/dequantize.js";
import {lookup} from "../ops/lookup.js";
import type {CompilerOperator} from "../ops/operator.js";
import {quantize} from "../ops/quantize.js";
import {relu} from "../ops/relu.js";
import {sigmoid} from "../ops/sigmoid.js";
import {tanh} from "../ops/tanh.js";
import {fixedPointOf, quantizeNumber, type Range, type Scale, scaleOf} from "../quantization/scale.js";
import {quantizeWeights} from "../quantization/weights.js";

/** The ranges that calibration found on a float32 graph: of its input, then of each node's outputs. */
export interface Ranges {
  readonly input: Range;
  readonly outputs: readonly Range[];
}

/**
 * Makes whole numbers of the layers before `firstFloat`: a quantize before the first, dense layers in int8 with ReLU
 * in their limits and other activations as tables, a dequantize behind the last. The activation of the network's last
 * layer stays float32, as softmax is.
 *
 * @param ranges of this very graph, which has no dropout before `firstFloat`
 * @param firstFloat nodes from this one on stay as they are, because they learn; the number of nodes for none
 */
export function quantizeActivations(graph: Graph, ranges: Ranges, firstFloat: number): Graph {
  const {nodes, inputSize} = graph;
  const lastDense = nodes.findLastIndex(({operator}) => operator === dense);
  const end = Math.min(firstFloat, lastDense + 1);
  if (end === 0) return graph;
  const input = scaleOf(ranges.input);
  const quantized: Node[] = [scaling(quantize, "input", inputSize, input)];
  let at = input;
  for (let k = 0; k < end; ) {
    const activation = k + 1 < end ? nodes[k + 1] : undefined;
    const isCutOff = activation?.operator === relu;
    const outputs = scaleOf(ranges.outputs[isCutOff ? k + 1 : k]);
    quantized.push(denseOf(nodes[k], at, outputs, isCutOff));
    at = outputs;
    k++;
    if (activation === undefined || activation.operator === dense) continue;
    k++;
    if (isCutOff) continue;
    const activated = scaleOfActivation(activation.operator, ranges.outputs[k - 1]);
    quantized.push(tableOf(activation, at, activated));
    at = activated;
  }
  const size = nodes[end - 1].outputSize;
  quantized.push(scaling(dequantize, nodes[end - 1].name, size, at));
  return {...graph, nodes: [...quantized, ...nodes.slice(end)]};
}

/** @returns a node that goes from float32 to int8, or back */
export function scaling(operator: CompilerOperator, of: string, size: number, own: Scale): Node {
  const constants = new Int32Array(2);
  new Float32Array(constants.buffer)[0] = own.scale;
  constants[1] = own.zeroPoint;
  return {
    name: `${of}, ${operator.runtime.name}`,
    operator,
    inputSize: size,
    outputSize: size,
    parameters: new Float32Array(0),
    constants,
    int8: new Int8Array(0),
    regularization: undefined,
    ...(operator === quantize ? {scale: own} : {}),
  };
}

function denseOf(node: Node, input: Scale, output: Scale, isRectified: boolean): Node {
  const {inputSize, outputSize, parameters} = node;
  const {int8, scales} = quantizeWeights(parameters, inputSize, outputSize);
  const biases = Array.from(scales, (scale, j) =>
    Math.round(parameters[inputSize * outputSize + j] / (input.scale * scale)),
  );
  const factors = Array.from(scales, (scale) => fixedPointOf((input.scale * scale) / output.scale));
  return wholeDense(node, {weights: int8, biases, factors, inputZero: input.zeroPoint, output, isRectified});
}

/** @param node the same layer in float32; @returns a dense layer in whole numbers */
export function wholeDense(
  node: Node,
  {weights, biases, factors, inputZero, output, isRectified}: Omit<WholeDense, "kind">,
): Node {
  const {inputSize} = node;
  const taken = biases.map((bias, j) => {
    const row = weights.subarray(j * inputSize, (j + 1) * inputSize);
    return withinInt32(bias - inputZero * row.reduce((total, weight) => total + weight, 0));
  });
  const minimum = isRectified ? output.zeroPoint : -128;
  const multipliers = factors.map(({multiplier}) => multiplier);
  const shifts = factors.map(({shift}) => shift);
  return {
    ...node,
    operator: denseInt8,
    parameters: new Float32Array(0),
    constants: Int32Array.from([output.zeroPoint, minimum, 127, ...taken, ...multipliers, ...shifts]),
    int8: weights,
    regularization: undefined,
    scale: output,
  };
}

/** Leaves room for the products, of which 65,536 inputs sum up to 2^30. */
function withinInt32(bias: number): number {
  return Math.min(2 ** 30 - 1, Math.max(-(2 ** 30), bias));
}

/** Sigmoid and tanh have TensorFlow Lite's own scales, which just hold all that they can give. */
function scaleOfActivation(operator: CompilerOperator, range: Range): Scale {
  if (operator === sigmoid) return {scale: 1 / 256, zeroPoint: -128};
  if (operator === tanh) return {scale: 1 / 128, zeroPoint: 0};
  return scaleOf(range);
}

/** The runtime's own activation, for all 256 numbers. */
export function tableOf(node: Node, from: Scale, to: Scale): Node {
  const values = Float32Array.from({length: 256}, (_, k) => (k - 128 - from.zeroPoint) * from.scale);
  const step: Pick<Step, "arena" | "outputAt" | "outputSize"> = {arena: values, outputAt: 0, outputSize: 256};
  node.operator.runtime.forward(step as Step);
  const int8 = Int8Array.from(values, (value) => quantizeNumber(value, to));
  return {...node, operator: lookup, int8, scale: to};
}
