import type {Description} from "../../compiler/description/schema.js";
import {type Graph, multiplicationsOf} from "../../compiler/graph/graph.js";
import {layers} from "../../compiler/ops/table.js";
import {featureNames} from "../../compiler/preprocessing/features.js";
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
    predicts: targets === undefined ? "classes" : "numbers",
    parameters: described.reduce((sum, {parameters}) => sum + parameters, 0),
    multiplications: operators.reduce((sum, {multiplications}) => sum + multiplications, 0),
    layers: described,
    operators,
  };
}

function layerFigures(description: Description, features: number): LayerFigures[] {
  let inputs = features;
  return description.layers.map(({type, units, activation}) => {
    const parameters = layers[type].runtime.parameterCount(inputs, units);
    const figures = {type, inputs, units, activation, parameters};
    inputs = units;
    return figures;
  });
}
