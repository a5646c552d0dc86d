import {OperatorCode} from "../image/format.js";
import {tanh as tanhOf} from "../numbers/tanh.js";
import type {Operator, Step} from "./operator.js";

/** Hyperbolic tangent, in place: y = tanh x. Its derivative is 1 - y^2, taken from the output. */
export const tanh: Operator = Object.freeze({
  code: OperatorCode.tanh,
  name: "tanh",
  inPlace: true,
  parameterCount: () => 0,
  forward,
  backward,
});

function forward({arena, outputAt, outputSize}: Step): void {
  const end = outputAt + outputSize;
  for (let k = outputAt; k < end; k++) arena[k] = tanhOf(arena[k]);
}

function backward({arena, outputAt, outputSize, outputDeltaAt}: Step): void {
  for (let j = 0; j < outputSize; j++) {
    const y = arena[outputAt + j];
    arena[outputDeltaAt + j] *= 1 - y * y;
  }
}
