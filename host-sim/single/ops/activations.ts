import {denseLeakyRelu} from "../../../runtime/ops/dense-leaky-relu.js";
import {denseRelu} from "../../../runtime/ops/dense-relu.js";
import {denseSigmoid} from "../../../runtime/ops/dense-sigmoid.js";
import {denseSoftmax} from "../../../runtime/ops/dense-softmax.js";
import {denseTanh} from "../../../runtime/ops/dense-tanh.js";
import {leakyRelu} from "../../../runtime/ops/leaky-relu.js";
import type {Operator, Step} from "../../../runtime/ops/operator.js";
import {relu} from "../../../runtime/ops/relu.js";
import {sigmoid} from "../../../runtime/ops/sigmoid.js";
import {softmax} from "../../../runtime/ops/softmax.js";
import {tanh} from "../../../runtime/ops/tanh.js";
import {exp} from "../numbers/exp.js";
import {tanh as tanhOf} from "../numbers/tanh.js";
import {round} from "../round.js";
import {forward as denseForward} from "./dense.js";

/** What the activations of runtime/native/ops/ do in single precision. ReLU computes nothing, so it is the portable one. */

const SLOPE = round(0.01);

export const singleLeakyRelu: Operator = {
  ...leakyRelu,
  forward({arena, outputAt, outputSize}: Step) {
    for (let k = outputAt; k < outputAt + outputSize; k++) if (arena[k] < 0) arena[k] *= SLOPE;
  },
  backward({arena, outputAt, outputSize, outputDeltaAt}: Step) {
    for (let j = 0; j < outputSize; j++) if (!(arena[outputAt + j] > 0)) arena[outputDeltaAt + j] *= SLOPE;
  },
};

export const singleSigmoid: Operator = {
  ...sigmoid,
  forward({arena, outputAt, outputSize}: Step) {
    for (let k = outputAt; k < outputAt + outputSize; k++) {
      const x = arena[k];
      const e = exp(x >= 0 ? -x : x);
      arena[k] = (x >= 0 ? 1 : e) / round(1 + e);
    }
  },
  backward({arena, outputAt, outputSize, outputDeltaAt}: Step) {
    for (let j = 0; j < outputSize; j++) {
      const y = arena[outputAt + j];
      arena[outputDeltaAt + j] *= round(y * round(1 - y));
    }
  },
};

export const singleTanh: Operator = {
  ...tanh,
  forward({arena, outputAt, outputSize}: Step) {
    for (let k = outputAt; k < outputAt + outputSize; k++) arena[k] = tanhOf(arena[k]);
  },
  backward({arena, outputAt, outputSize, outputDeltaAt}: Step) {
    for (let j = 0; j < outputSize; j++) {
      const y = arena[outputAt + j];
      arena[outputDeltaAt + j] *= round(1 - round(y * y));
    }
  },
};

export const singleSoftmax: Operator = {
  ...softmax,
  forward({arena, outputAt, outputSize}: Step) {
    const end = outputAt + outputSize;
    let maximum = -Infinity;
    for (let k = outputAt; k < end; k++) if (arena[k] > maximum) maximum = arena[k];
    let sum = 0;
    for (let k = outputAt; k < end; k++) {
      arena[k] = exp(round(arena[k] - maximum));
      sum = round(sum + arena[k]);
    }
    for (let k = outputAt; k < end; k++) arena[k] /= sum;
  },
  backward({arena, outputAt, outputSize, outputDeltaAt}: Step) {
    let sum = 0;
    for (let j = 0; j < outputSize; j++)
      sum = round(sum + round(arena[outputAt + j] * arena[outputDeltaAt + j]));
    for (let j = 0; j < outputSize; j++)
      arena[outputDeltaAt + j] = arena[outputAt + j] * round(arena[outputDeltaAt + j] - sum);
  },
};

/** A fully connected layer and the activation behind it. */
function denseWith(fused: Operator, activation: Operator): Operator {
  return {
    ...fused,
    forward(step: Step) {
      denseForward(step);
      activation.forward(step);
    },
  };
}

export const singleDenseWith: readonly Operator[] = [
  denseWith(denseRelu, relu),
  denseWith(denseSigmoid, singleSigmoid),
  denseWith(denseTanh, singleTanh),
  denseWith(denseLeakyRelu, singleLeakyRelu),
  denseWith(denseSoftmax, singleSoftmax),
];
