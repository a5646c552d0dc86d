import {InputError} from "../../runtime/input-error.js";
import {dense as runtime} from "../../runtime/ops/dense.js";
import type {Random} from "../../runtime/random.js";
import type {DenseLayer} from "../description/layer-schema.js";
import type {CompilerLayer} from "./operator.js";

export const dense: CompilerLayer<DenseLayer> = {runtime, module: "ganglion/ops/dense", start};

/**
 * Weights drawn row by row, or given; biases 0 unless given. "he": uniform within +-sqrt(6 / fanIn) (K. He et al., "Delving
 * Deep into Rectifiers", 2015, equation 10), which stands before a rectifier when nothing is said. "glorot": uniform
 * within +-sqrt(6 / (fanIn + fanOut)) (X. Glorot and Y. Bengio, "Understanding the difficulty of training deep
 * feedforward neural networks", 2010, equation 16), which stands before all others.
 */
function start(layer: DenseLayer, inputSize: number, random: Random, place: string): Float32Array {
  const {units, activation} = layer;
  const rectified = activation === "relu" || activation === "leakyRelu";
  const how = layer.start ?? (rectified ? "he" : "glorot");
  const parameters = new Float32Array(runtime.parameterCount(inputSize, units));
  const weights = inputSize * units;
  if (typeof how === "object" && "weights" in how) {
    checkShape(how, inputSize, units, place);
    parameters.set(how.weights.flat());
    parameters.set(how.biases ?? [], weights);
    return parameters;
  }
  if (typeof how === "object" && "normal" in how) {
    for (let k = 0; k < weights; k++) parameters[k] = how.normal * random.normal();
    return parameters;
  }
  const limits = {he: Math.sqrt(6 / inputSize), glorot: Math.sqrt(6 / (inputSize + units))};
  const limit = typeof how === "object" ? how.uniform : limits[how];
  for (let k = 0; k < weights; k++) parameters[k] = (2 * random.uniform() - 1) * limit;
  return parameters;
}

function checkShape(
  {
    weights,
    biases,
  }: {readonly weights: readonly (readonly number[])[]; readonly biases?: readonly number[] | undefined},
  inputSize: number,
  units: number,
  place: string,
): void {
  const remedy = "Give one row of weights a unit, one weight an input, and one bias a unit.";
  if (weights.length !== units) {
    throw new InputError(`${place}.weights`, `${units} rows, one a unit`, `${weights.length}`, remedy);
  }
  const wrong = weights.findIndex((row) => row.length !== inputSize);
  if (wrong >= 0) {
    const found = `${weights[wrong].length}`;
    throw new InputError(`${place}.weights[${wrong}]`, `${inputSize} numbers, one an input`, found, remedy);
  }
  if (biases !== undefined && biases.length !== units) {
    throw new InputError(`${place}.biases`, `${units} numbers, one a unit`, `${biases.length}`, remedy);
  }
}
