import type {Model} from "../../runtime/model.js";
import type {Operator} from "../../runtime/ops/operator.js";
import {singleLosses} from "./losses/losses.js";
import {
  singleDenseWith,
  singleLeakyRelu,
  singleSigmoid,
  singleSoftmax,
  singleTanh,
} from "./ops/activations.js";
import {singleCentroids} from "./ops/centroids.js";
import {singleDense} from "./ops/dense.js";
import {singleDenseInt8Weights, singleQuantize} from "./ops/int8.js";

/** Those that compute otherwise than the portable ones. */
const singleOperators: readonly Operator[] = [
  singleCentroids,
  singleDense,
  singleDenseInt8Weights,
  ...singleDenseWith,
  singleLeakyRelu,
  singleQuantize,
  singleSigmoid,
  singleSoftmax,
  singleTanh,
];

/** @returns the model with JavaScript that gives, in Node, the bytes of kernels in C in single precision */
export function singleModel(model: Model): Model {
  return {
    ...model,
    operators: model.operators.map((own) => singleOperators.find(({code}) => code === own.code) ?? own),
    loss: singleLosses.find(({code}) => code === model.loss.code) ?? model.loss,
    native: undefined,
  };
}
