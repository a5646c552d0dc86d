import {type Compiled, compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import {withParameters} from "../../compiler/graph/graph.js";
import {lower} from "../../compiler/graph/lower.js";
import type {OptimizerName} from "../../compiler/optimizers.js";

/** What a model that learns what is normal begins with. */
export interface AnomalyModel {
  readonly layers: DescriptionSource["layers"];
  readonly learn?: readonly OptimizerName[];
  readonly parameters?: ArrayLike<number>;
  readonly threshold?: number;
}

/** Compiles a model that finds anomalies among `inputs` features, which it takes as they are. */
export function compileAnomaly(
  inputs: number,
  {layers, learn = [], parameters, threshold}: AnomalyModel,
): Compiled {
  const description = checkDescription({
    name: "anomaly",
    input: {columns: Array.from({length: inputs}, (_, k) => `column ${k}`)},
    preprocessing: [],
    layers,
    anomaly: {},
  });
  const drawn = lower(description);
  const graph = parameters === undefined ? drawn : withParameters(drawn, Float32Array.from(parameters));
  return compile(description, learn, {graph, stages: [], threshold});
}

/** An autoencoder of these hidden units, with a last layer of this activation. */
export function autoencoder(
  inputs: number,
  hidden: readonly number[],
  last: "linear" | "sigmoid" | "tanh" = "linear",
): DescriptionSource["layers"] {
  return [
    ...hidden.map((units) => ({type: "dense", units, activation: "tanh"}) as const),
    {type: "dense", units: inputs, activation: last},
  ];
}
