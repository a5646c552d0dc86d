import {MAXIMUM_ARENA} from "../../runtime/image/plan.js";
import {InputError} from "../../runtime/input-error.js";
import {Random} from "../../runtime/random.js";
import type {Description} from "../description/schema.js";
import {type CompilerLoss, fusedSoftmaxCrossEntropy, losses} from "../losses.js";
import {activations, layers} from "../ops/table.js";
import {featureCount} from "../preprocessing/stages.js";
import type {Graph, Node} from "./graph.js";

/**
 * Turns a description into a graph with sizes, starting parameters drawn from the description's seed, and softmax
 * followed by cross-entropy made one.
 *
 * @throws InputError when the last layer has not one unit a label, when a softmax isn't the last activation, and for
 *   more parameters than any device could hold
 */
export function lower(description: Description): Graph {
  const random = new Random(description.training.seed);
  const inputSize = featureCount(description.input);
  const nodes: Node[] = [];
  let size = inputSize;
  let parameters = 0;
  description.layers.forEach((layer, index) => {
    parameters += layers[layer.type].runtime.parameterCount(size, layer.units);
    if (parameters > MAXIMUM_ARENA) {
      const place = `${description.name}: layers[${index}].units`;
      const found = `${parameters} with this layer`;
      throw new InputError(place, `at most ${MAXIMUM_ARENA} parameters in all`, found, "Take fewer units.");
    }
    const isLast = index === description.layers.length - 1;
    const {activation} = layer;
    if (activation === "softmax" && !isLast) {
      const place = `${description.name}: layers[${index}].activation`;
      throw new InputError(
        place,
        "softmax in the last layer only",
        '"softmax"',
        'Use "relu" in hidden layers.',
      );
    }
    const operator = layers[layer.type];
    const rectified = activation === "relu" || activation === "leakyRelu";
    const own = operator.start?.(size, layer.units, rectified, random) ?? new Float32Array(0);
    const name = `layers[${index}]`;
    nodes.push({
      name: `${name} ${layer.type}`,
      operator,
      inputSize: size,
      outputSize: layer.units,
      parameters: own,
    });
    size = layer.units;
    if (activation !== "linear") {
      const elementwise = activations[activation];
      nodes.push({
        name: `${name} ${activation}`,
        operator: elementwise,
        inputSize: size,
        outputSize: size,
        parameters: new Float32Array(0),
      });
    }
  });
  const {labels} = description;
  if (labels !== undefined && labels.length !== size) {
    throw new InputError(
      `${description.name}: layers[${description.layers.length - 1}].units`,
      `${labels.length}, one for each label (${labels.join(", ")})`,
      `${size}`,
      "Give the last layer as many units as there are labels.",
    );
  }
  return {inputSize, nodes, loss: chooseLoss(description, nodes)};
}

function chooseLoss(description: Description, nodes: readonly Node[]): CompilerLoss {
  const last = nodes[nodes.length - 1].operator;
  if (description.loss === "crossEntropy") {
    if (last === activations.softmax) return fusedSoftmaxCrossEntropy;
    throw new InputError(
      `${description.name}: loss`,
      'a last layer with activation "softmax" for "crossEntropy"',
      `"${description.layers[description.layers.length - 1].activation}"`,
      'Set the last activation to "softmax", or the loss to "meanSquaredError".',
    );
  }
  return losses[description.loss];
}
