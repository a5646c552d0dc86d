import {denseInt8Weights} from "../../../runtime/ops/dense-int8-weights.js";
import type {Operator, Step} from "../../../runtime/ops/operator.js";
import {quantize} from "../../../runtime/ops/quantize.js";
import {round} from "../round.js";

/** What the operators with int8 numbers of runtime/native/ops/ do in single precision; the others work in whole numbers. */

export const singleDenseInt8Weights: Operator = {
  ...denseInt8Weights,
  forward({arena, image, int8At, constantsAt, inputSize, outputSize, inputAt, outputAt}: Step) {
    const {constants, int8} = image;
    for (let j = 0; j < outputSize; j++) {
      let sum = 0;
      for (let i = 0; i < inputSize; i++)
        sum = round(sum + round(int8[int8At + j * inputSize + i] * arena[inputAt + i]));
      arena[outputAt + j] = constants[constantsAt + j] + round(constants[constantsAt + outputSize + j] * sum);
    }
  },
};

export const singleQuantize: Operator = {
  ...quantize,
  forward({arena, views, image, constantsAt, inputAt, outputAt, outputSize}: Step) {
    const scale = image.constants[constantsAt];
    const zeroPoint = image.constantWords[constantsAt + 1];
    for (let j = 0; j < outputSize; j++) {
      const x = round(arena[inputAt + j] / scale);
      const q = Math.trunc(round(x < 0 ? x - 0.5 : x + 0.5)) + zeroPoint;
      views.int8[outputAt * 4 + j] = q >= 127 ? 127 : q > -128 ? q : -128;
    }
  },
};
