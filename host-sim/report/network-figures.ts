import type {Description} from "../../compiler/description/schema.js";
import {type Graph, multiplicationsOf} from "../../compiler/graph/graph.js";
import {layers} from "../../compiler/ops/table.js";
import {featureNames} from "../../compiler/preprocessing/features.js";
import {kindOf} from "../training/evaluate.js";
import type {LayerFigures, NetworkFigures} from "./model-report.js";

/** @param graph what the image holds */
export function networkFigures(description: Description, graph: Graph): NetworkFigures {
  const {input, labels, targets} = description;
  const features = featureNames(input);
  const described = layerFigures(description, features.length);
  const operators = graph.nodes.map((node) => ({
    name: node.name,
    inputs: node.inputSize,
    outputs: node.outputSize,
    multiplications: multiplicationsOf(node),
  }));
  return {
    window: "columns" in input ? null : {axes: input.axes, samples: input.window, rate: input.rate ?? null},
    features,
    outputs: targets ?? labels ?? [],
    predicts: PREDICTS[kindOf(description)],
    parameters: described.reduce((sum, {parameters}) => sum + parameters, 0),
    multiplications: operators.reduce((sum, {multiplications}) => sum + multiplications, 0),
    layers: described,
    operators,
  };
}

const PREDICTS = {classification: "classes", regression: "numbers", anomaly: "anomalies"} as const;

function layerFigures(description: Description, features: number): LayerFigures[] {
  let inputs = features;
  return description.layers.map((layer) => {
    const {type, units} = layer;
    const parameters = layers[type].runtime.parameterCount(inputs, units);
    const activation = "activation" in layer ? layer.activation : null;
    const figures = {type, inputs, units, activation, parameters};
    inputs = units;
    return figures;
  });
}
