import {centroids as runtime} from "../../runtime/ops/centroids.js";
import type {Random} from "../../runtime/random.js";
import type {CentroidsLayer} from "../description/layer-schema.js";
import type {CompilerLayer} from "./operator.js";

export const centroids: CompilerLayer<CentroidsLayer> = {runtime, module: "ganglion/ops/centroids", start};

/**
 * Without data, centroids are drawn from the standard normal distribution, as standardized features come from about that,
 * with counts of 0: the first example that is nearest to one takes its place. Training starts from its data instead.
 */
function start({units}: CentroidsLayer, inputSize: number, random: Random): Float32Array {
  const parameters = new Float32Array(runtime.parameterCount(inputSize, units));
  for (let k = 0; k < inputSize * units; k++) parameters[k] = random.normal();
  return parameters;
}
