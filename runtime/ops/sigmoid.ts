import {OperatorCode} from "../image/format.js";
import {exp} from "../numbers/exp.js";
import type {Operator, Step} from "./operator.js";

/** Logistic function, in place: y = 1 / (1 + exp(-x)). Its derivative is y (1 - y), taken from the output. */
export const sigmoid: Operator = Object.freeze({
  code: OperatorCode.sigmoid,
  name: "sigmoid",
  inPlace: true,
  parameterCount: () => 0,
  forward,
  backward,
});

/** exp is only ever taken of -|x|, so it cannot overflow. */
function forward({arena, outputAt, outputSize}: Step): void {
  const end = outputAt + outputSize;
  for (let k = outputAt; k < end; k++) {
    const x = arena[k];
    if (x >= 0) arena[k] = 1 / (1 + exp(-x));
    else {
      const e = exp(x);
      arena[k] = e / (1 + e);
    }
  }
}

function backward({arena, outputAt, outputSize, outputDeltaAt}: Step): void {
  for (let j = 0; j < outputSize; j++) {
    const y = arena[outputAt + j];
    arena[outputDeltaAt + j] *= y * (1 - y);
  }
}
