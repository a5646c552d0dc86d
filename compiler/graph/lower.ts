import {classCount} from "../../runtime/image/labels.js";
import {MAXIMUM_ARENA} from "../../runtime/image/plan.js";
import {InputError} from "../../runtime/input-error.js";
import type {Regularization} from "../../runtime/ops/operator.js";
import {Random} from "../../runtime/random.js";
import type {DenseLayer} from "../description/layer-schema.js";
import type {Description} from "../description/schema.js";
import {type CompilerLoss, fusedLosses, losses} from "../losses.js";
import {dropout} from "../ops/dropout.js";
import type {CompilerOperator} from "../ops/operator.js";
import {activations, layers} from "../ops/table.js";
import {featureCount} from "../preprocessing/stages.js";
import {checkAnomaly} from "./check-anomaly.js";
import {checkTargets} from "./check-targets.js";
import type {Graph, Node} from "./graph.js";

/**
 * Turns a description into a graph with sizes, starting parameters drawn from the description's seed, and a last
 * activation made one with the loss where both together are simpler.
 *
 * @throws InputError when the last layer has not one unit a label or target, when softmax or dropout stand where they
 *   can't, for given parameters of another size, and for more parameters than any device could hold
 */
export function lower(description: Description): Graph {
  const random = new Random(description.training.seed);
  const inputSize = featureCount(description.input);
  const nodes: Node[] = [];
  let size = inputSize;
  let parameters = 0;
  description.layers.forEach((layer, index) => {
    const place = `${description.name}: layers[${index}]`;
    parameters += layers[layer.type].runtime.parameterCount(size, layer.units);
    if (parameters > MAXIMUM_ARENA) {
      const found = `${parameters} with this layer`;
      throw new InputError(
        `${place}.units`,
        `at most ${MAXIMUM_ARENA} parameters in all`,
        found,
        "Take fewer units.",
      );
    }
    const isLast = index === description.layers.length - 1;
    if (layer.type === "dense") checkPosition(place, layer, isLast);
    const name = `layers[${index}]`;
    const add = (operator: CompilerOperator, outputSize: number, parts: Partial<Node> = {}) => {
      const {constants = NOTHING, regularization, parameters: own = NOTHING} = parts;
      const title = `${name} ${operator.runtime.name}`;
      nodes.push({
        name: title,
        operator,
        inputSize: size,
        outputSize,
        parameters: own,
        constants,
        int8: NO_BYTES,
        regularization,
      });
      size = outputSize;
    };
    if (layer.type === "centroids") {
      const parameters = layers.centroids.start(layer, size, random, place);
      add(layers.centroids, layer.units, {parameters});
      return;
    }
    add(layers.dense, layer.units, {
      parameters: layers.dense.start(layer, size, random, `${place}.start`),
      regularization: regularizationOf(layer, description.training, isLast),
    });
    if (layer.activation !== "linear") add(activations[layer.activation], size);
    if (layer.dropout) add(dropout, size, {constants: Float32Array.of(layer.dropout)});
  });
  checkAnomaly(description, inputSize);
  checkTargets(description, size);
  const {labels} = description;
  if (labels !== undefined && labels.length !== classCount(size)) {
    throw new InputError(
      `${description.name}: layers[${description.layers.length - 1}].units`,
      `${labels.length}, one for each label (${labels.join(", ")})`,
      `${size}`,
      "Give the last layer as many units as there are labels; one unit tells two labels apart.",
    );
  }
  return {inputSize, nodes, loss: chooseLoss(description, nodes)};
}

const NOTHING = new Float32Array(0);
const NO_BYTES = new Int8Array(0);

/** @throws InputError for a softmax in a hidden layer, and for dropout in the last */
function checkPosition(place: string, {activation, dropout: rate}: DenseLayer, isLast: boolean): void {
  if (activation === "softmax" && !isLast) {
    const remedy = 'Use "relu" in hidden layers.';
    throw new InputError(`${place}.activation`, "softmax in the last layer only", '"softmax"', remedy);
  }
  if (rate && isLast) {
    const remedy = "Take it out, or move it to a hidden layer.";
    throw new InputError(`${place}.dropout`, "no dropout in the last layer", `${rate}`, remedy);
  }
}

/** The penalties under `training` touch the weights of hidden layers only; what a layer says itself comes first. */
function regularizationOf(
  layer: DenseLayer,
  training: Description["training"],
  isLast: boolean,
): Regularization | undefined {
  const {
    l1 = isLast ? 0 : (training.l1 ?? 0),
    l2 = isLast ? 0 : (training.l2 ?? 0),
    biasL1 = 0,
    biasL2 = 0,
  } = layer;
  return l1 + l2 + biasL1 + biasL2 > 0 ? {l1, l2, biasL1, biasL2} : undefined;
}

function chooseLoss(description: Description, nodes: readonly Node[]): CompilerLoss {
  const {operator: last, outputSize} = nodes[nodes.length - 1];
  const {loss} = description;
  checkProbabilities(description, last, outputSize);
  const fused = fusedLosses.find((pair) => pair.loss === loss && pair.last === last);
  return fused === undefined ? losses[loss] : fused.takes;
}

/** @throws InputError for a cross-entropy of numbers that are no probabilities, or of the only one */
function checkProbabilities({name, loss, layers}: Description, last: CompilerOperator, units: number): void {
  if (loss !== "crossEntropy" && loss !== "binaryCrossEntropy") return;
  if (last !== activations.softmax && last !== activations.sigmoid) {
    const usual = loss === "crossEntropy" ? "softmax" : "sigmoid";
    throw new InputError(
      `${name}: loss`,
      `a last layer with activation "${usual}" for "${loss}"`,
      `"${last.runtime.name === "dense" ? "linear" : last.runtime.name}"`,
      `Set the last activation to "${usual}", or the loss to "meanSquaredError".`,
    );
  }
  if (units > 1 || (loss === "binaryCrossEntropy" && last === activations.sigmoid)) return;
  throw new InputError(
    `${name}: layers[${layers.length - 1}].units`,
    `2 or more for "${loss}" after ${last.runtime.name}`,
    "1",
    'For one unit take activation "sigmoid" and the loss "binaryCrossEntropy".',
  );
}
