import {centroids} from "./centroids.js";
import {dense} from "./dense.js";
import {leakyRelu} from "./leaky-relu.js";
import type {CompilerOperator} from "./operator.js";
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
