import {centroids} from "./centroids.js";
import {dense} from "./dense.js";
import {denseInt8} from "./dense-int8.js";
import {denseInt8Weights} from "./dense-int8-weights.js";
import {denseLeakyRelu} from "./dense-leaky-relu.js";
import {denseRelu} from "./dense-relu.js";
import {denseSigmoid} from "./dense-sigmoid.js";
import {denseSoftmax} from "./dense-softmax.js";
import {denseTanh} from "./dense-tanh.js";
import {dequantize} from "./dequantize.js";
import {dropout} from "./dropout.js";
import {leakyRelu} from "./leaky-relu.js";
import {lookup} from "./lookup.js";
import type {CompilerOperator} from "./operator.js";
import {quantize} from "./quantize.js";
import {relu} from "./relu.js";
import {sigmoid} from "./sigmoid.js";
import {softmax} from "./softmax.js";
import {tanh} from "./tanh.js";

/** Activations by the name that a description gives them; "linear" is no operator at all. */
export const activations = {relu, leakyRelu, sigmoid, tanh, softmax} satisfies Record<
  string,
  CompilerOperator
>;

/** Layers with parameters by the name that a description gives them. */
export const layers = {dense, centroids};

/** Operators that no description names: what passes put in. */
export const passOperators = {
  dropout,
  denseRelu,
  denseLeakyRelu,
  denseSigmoid,
  denseTanh,
  denseSoftmax,
  denseInt8Weights,
  quantize,
  dequantize,
  denseInt8,
  lookup,
} satisfies Record<string, CompilerOperator>;

/** What stands for a dense layer and this activation, where neither learns. */
export const fusedActivations: ReadonlyMap<CompilerOperator, CompilerOperator> = new Map([
  [relu, denseRelu],
  [leakyRelu, denseLeakyRelu],
  [sigmoid, denseSigmoid],
  [tanh, denseTanh],
  [softmax, denseSoftmax],
]);
