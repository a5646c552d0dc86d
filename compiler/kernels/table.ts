import {leakyRelu} from "../ops/leaky-relu.js";
import {sigmoid} from "../ops/sigmoid.js";
import {softmax} from "../ops/softmax.js";
import {tanh} from "../ops/tanh.js";
import {denseAddGradients, denseBackward, denseForward, denseLearn} from "./dense.js";
import {denseInt8Forward} from "./dense-int8.js";
import {denseInt8WeightsForward} from "./dense-int8-weights.js";
import {denseReluForward} from "./dense-relu.js";
import {denseWithForward} from "./dense-with.js";
import {dequantizeForward} from "./dequantize.js";
import {quantizeForward} from "./quantize.js";
import {reluBackward} from "./relu.js";
import type {Method, Site} from "./site.js";
import {softmaxForward, softmaxLines} from "./softmax.js";
import type {KernelSource} from "./source.js";

/**
 * Writes one method of one operator for one site.
 * @param name of the method's function; others that it calls begin with it
 * @returns undefined where the portable operator does as well
 */
export type Generator = (site: Site, name: string) => KernelSource | undefined;

/** By the operator's name. What isn't here stays portable. */
export const generators: Readonly<Record<string, Partial<Readonly<Record<Method, Generator>>>>> = {
  dense: {
    forward: denseForward,
    learn: denseLearn,
    addGradients: denseAddGradients,
    backward: denseBackward,
  },
  denseRelu: {forward: denseReluForward},
  denseLeakyRelu: {forward: denseWithForward(leakyRelu)},
  denseSigmoid: {forward: denseWithForward(sigmoid)},
  denseTanh: {forward: denseWithForward(tanh)},
  denseSoftmax: {forward: denseWithForward(softmax, softmaxLines)},
  denseInt8Weights: {forward: denseInt8WeightsForward},
  denseInt8: {forward: denseInt8Forward},
  quantize: {forward: quantizeForward},
  dequantize: {forward: dequantizeForward},
  relu: {backward: reluBackward},
  softmax: {forward: softmaxForward},
};
