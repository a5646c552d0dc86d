import {optimizerNames} from "../../../compiler/optimizers.js";
import {compileLayers} from "../../runtime/small-model.js";

/** Dropout and a penalty, so that lots and penalties must come back too. */
export const exactModel = compileLayers(
  2,
  [
    {type: "dense", units: 9, activation: "relu", dropout: 0.2, l2: 0.001},
    {type: "dense", units: 5, activation: "tanh"},
    {type: "dense", units: 2, activation: "softmax"},
  ],
  "crossEntropy",
  optimizerNames,
);

export const exactWays = optimizerNames.flatMap((optimizer) =>
  (["exponential", "plateau", "steps"] as const).map((schedule) => ({optimizer, schedule})),
);
