import {type Compiled, compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import type {OptimizerName} from "../../compiler/optimizers.js";
import type {ReferenceLayer, ReferenceNetwork} from "./reference/network.js";

export type Units = readonly (readonly [units: number, activation: ReferenceLayer["activation"]])[];

/** Compiles a network on `inputs` features, which it takes as they are. */
export function compileUnits(
  inputs: number,
  layers: Units,
  loss: ReferenceNetwork["loss"],
  learn: readonly OptimizerName[],
  seed = 1,
): Compiled {
  const described = layers.map(([units, activation]) => ({type: "dense" as const, units, activation}));
  return compileLayers(inputs, described, loss, learn, seed);
}

/** The same for layers with all that a description may say of them. */
export function compileLayers(
  inputs: number,
  layers: DescriptionSource["layers"],
  loss: ReferenceNetwork["loss"],
  learn: readonly WayOfLearning[],
  seed = 1,
): Compiled {
  const source: DescriptionSource = {
    name: "small",
    input: {columns: Array.from({length: inputs}, (_, k) => `column ${k}`)},
    preprocessing: [],
    layers,
    loss,
    training: {seed},
  };
  return compile(checkDescription(source), learn);
}

/** The same network for the float64 reference. */
export function referenceOf(inputs: number, layers: Units, loss: ReferenceNetwork["loss"]): ReferenceNetwork {
  let size = inputs;
  const own = layers.map(([units, activation]) => {
    const layer = {inputs: size, units, activation};
    size = units;
    return layer;
  });
  return {layers: own, loss};
}

/** A model with everything that an image can hold: 2 axes, 4 features, 4-3-2 with ReLU and softmax, labels, plans. */
export function compileGesture(learn: readonly OptimizerName[] = ["sgd"]): Compiled {
  const source: DescriptionSource = {
    name: "gesture",
    input: {axes: ["x", "y"], window: 5, statistics: ["mean", "trend"]},
    layers: [
      {type: "dense", units: 3, activation: "relu"},
      {type: "dense", units: 2, activation: "softmax"},
    ],
    labels: ["left", "right"],
  };
  return compile(checkDescription(source), learn);
}
