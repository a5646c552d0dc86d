import {OperatorCode} from "../image/format.js";
import {RECOMPILE, refuse} from "../image/open.js";
import {requantize} from "../numbers/requantize.js";
import type {Operator, Step} from "./operator.js";
import {checkZeroPoint, int8Words} from "./quantize.js";

/**
 * Fully connected layer in whole numbers, as TensorFlow Lite specifies it (B. Jacob et al., "Quantization and Training of
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018): int8 inputs and outputs with a zero point,
 * int8 weights symmetric by output, an int32 accumulator, and requantization by a fixed-point multiplier:
 *
 *     accumulator[j] = bias[j] + sum over i of weight[j, i] * input[i]
 *     output[j] = requantize(accumulator[j], multiplier[j], shift[j]) + outputZero, within [minimum, maximum]
 *
 * The compiler has taken inputZero * (sum of weights) off the bias, which is the same number. An activation that cuts off,
 * as ReLU, is in minimum and maximum.
 *
 * Constants, int32: outputZero, minimum, maximum, then outputSize biases, multipliers and shifts. Int8: weights row by row.
 */
export const denseInt8: Operator = Object.freeze({
  code: OperatorCode.denseInt8,
  name: "denseInt8",
  inPlace: false,
  isFrozen: true,
  takesInt8: true,
  parameterCount: () => 0,
  constantCount: (_inputSize: number, outputSize: number) => HEAD + 3 * outputSize,
  int8Count: (inputSize: number, outputSize: number) => inputSize * outputSize,
  outputWords: int8Words,
  checkConstants,
  forward,
  backward: () => {},
});

/** outputZero, minimum, maximum */
const HEAD = 3;

function checkConstants(field: string, {image, constantsAt, outputSize}: Step): void {
  const words = image.constantWords;
  checkZeroPoint(field, words[constantsAt]);
  const minimum = words[constantsAt + 1];
  const maximum = words[constantsAt + 2];
  if (minimum < -128 || maximum > 127 || minimum > maximum)
    refuse(`${field}: range`, "within -128 to 127", `${minimum} to ${maximum}`, RECOMPILE);
  const multiplierAt = constantsAt + HEAD + outputSize;
  for (let j = 0; j < outputSize; j++) {
    const multiplier = words[multiplierAt + j];
    if (multiplier < 0) refuse(`${field}: multiplier ${j}`, "0 or more", multiplier, RECOMPILE);
    const shift = words[multiplierAt + outputSize + j];
    if (shift < -31 || shift > 15) refuse(`${field}: shift ${j}`, "-31 to 15", shift, RECOMPILE);
  }
}

/** Four rows a pass, as dense. Sums of int8 products stay far within int32: 65,536 inputs give at most 2^30. */
function forward(step: Step): void {
  const {views, image, int8At, constantsAt, inputSize, outputSize, inputAt, outputAt} = step;
  const {int8: x} = views;
  const {int8, constantWords} = image;
  const from = inputAt * 4;
  const biasAt = constantsAt + HEAD;
  let row0 = int8At;
  let j = 0;
  for (; j + 3 < outputSize; j += 4) {
    const row1 = row0 + inputSize;
    const row2 = row1 + inputSize;
    const row3 = row2 + inputSize;
    let sum0 = constantWords[biasAt + j];
    let sum1 = constantWords[biasAt + j + 1];
    let sum2 = constantWords[biasAt + j + 2];
    let sum3 = constantWords[biasAt + j + 3];
    for (let i = 0; i < inputSize; i++) {
      const q = x[from + i];
      sum0 += int8[row0 + i] * q;
      sum1 += int8[row1 + i] * q;
      sum2 += int8[row2 + i] * q;
      sum3 += int8[row3 + i] * q;
    }
    store(x, outputAt, constantWords, constantsAt, outputSize, j, sum0);
    store(x, outputAt, constantWords, constantsAt, outputSize, j + 1, sum1);
    store(x, outputAt, constantWords, constantsAt, outputSize, j + 2, sum2);
    store(x, outputAt, constantWords, constantsAt, outputSize, j + 3, sum3);
    row0 = row3 + inputSize;
  }
  for (; j < outputSize; j++) {
    let sum = constantWords[biasAt + j];
    for (let i = 0; i < inputSize; i++) sum += int8[row0 + i] * x[from + i];
    store(x, outputAt, constantWords, constantsAt, outputSize, j, sum);
    row0 += inputSize;
  }
}

function store(
  int8: Int8Array,
  outputAt: number,
  words: Int32Array,
  constantsAt: number,
  outputSize: number,
  j: number,
  sum: number,
): void {
  const multiplierAt = constantsAt + HEAD + outputSize + j;
  let q = requantize(sum, words[multiplierAt], words[multiplierAt + outputSize]) + words[constantsAt];
  const minimum = words[constantsAt + 1];
  const maximum = words[constantsAt + 2];
  if (q < minimum) q = minimum;
  else if (q > maximum) q = maximum;
  int8[outputAt * 4 + j] = q;
}
