import {OperatorCode} from "../image/format.js";
import {exp} from "../numbers/exp.js";
import type {Operator, Step} from "./operator.js";

/**
 * Softmax, in place: y[j] = exp(x[j] - max) / sum over k of exp(x[k] - max). The maximum is this example's own, so
 * that no exponential overflows and at least one is 1.
 */
export const softmax: Operator = Object.freeze({
  code: OperatorCode.softmax,
  name: "softmax",
  inPlace: true,
  parameterCount: () => 0,
  forward,
  backward,
});

function forward({arena, outputAt, outputSize}: Step): void {
  const end = outputAt + outputSize;
  let maximum = -Infinity;
  for (let k = outputAt; k < end; k++) {
    const x = arena[k];
    if (x > maximum) maximum = x;
  }
  let sum = 0;
  for (let k = outputAt; k < end; k++) {
    arena[k] = exp(arena[k] - maximum);
    sum += arena[k];
  }
  for (let k = outputAt; k < end; k++) arena[k] /= sum;
}

/**
 * The full Jacobian, dy[k]/dx[j] = y[k] ((k = j) - y[j]), for losses other than cross-entropy:
 * delta[j] = y[j] (delta[j] - sum over k of y[k] delta[k]). As the y add up to 1, none is larger than 2 y[j] (1 - y[j])
 * times the largest delta: half of it at most.
 */
function backward({arena, outputAt, outputSize, outputDeltaAt}: Step): void {
  let sum = 0;
  for (let j = 0; j < outputSize; j++) sum += arena[outputAt + j] * arena[outputDeltaAt + j];
  for (let j = 0; j < outputSize; j++) {
    arena[outputDeltaAt + j] = arena[outputAt + j] * (arena[outputDeltaAt + j] - sum);
  }
}
