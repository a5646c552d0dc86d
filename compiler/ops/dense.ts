import {dense as runtime} from "../../runtime/ops/dense.js";
import type {Random} from "../../runtime/random.js";
import type {CompilerOperator} from "./operator.js";

export const dense: CompilerOperator = {runtime, module: "ganglion/ops/dense", start};

/**
 * Weights uniform within +-limit, biases 0. The limit is sqrt(6 / fanIn) before a rectifier (K. He et al., "Delving
 * Deep into Rectifiers", 2015, equation 10), else sqrt(6 / (fanIn + fanOut)) (X. Glorot and Y. Bengio, "Understanding
 * the difficulty of training deep feedforward neural networks", 2010, equation 16).
 */
function start(inputSize: number, outputSize: number, rectified: boolean, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (rectified ? inputSize : inputSize + outputSize));
  const parameters = new Float32Array(runtime.parameterCount(inputSize, outputSize));
  const weights = inputSize * outputSize;
  for (let k = 0; k < weights; k++) parameters[k] = (2 * random.uniform() - 1) * limit;
  return parameters;
}
