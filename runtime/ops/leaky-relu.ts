import {OperatorCode} from "../image/format.js";
import type {Operator, Step} from "./operator.js";

/**
 * Leaky rectified linear unit, in place: x above 0, else 0.01 x (A. Maas, A. Hannun and A. Ng, "Rectifier Nonlinearities
 * Improve Neural Network Acoustic Models", 2013; PyTorch has the same slope by default). Its derivative is 1
 * where the output is above 0 and 0.01 elsewhere, 0 included: a unit that is never above 0 still learns.
 */
export const leakyRelu: Operator = Object.freeze({
  code: OperatorCode.leakyRelu,
  name: "leakyRelu",
  inPlace: true,
  parameterCount: () => 0,
  forward,
  backward,
});

const SLOPE = 0.01;

/** NaN stays NaN, so that a network gone wrong shows it; -0 stays -0. */
function forward({arena, outputAt, outputSize}: Step): void {
  const end = outputAt + outputSize;
  for (let k = outputAt; k < end; k++) if (arena[k] < 0) arena[k] *= SLOPE;
}

function backward({arena, outputAt, outputSize, outputDeltaAt}: Step): void {
  for (let j = 0; j < outputSize; j++) {
    if (arena[outputAt + j] > 0) continue;
    arena[outputDeltaAt + j] *= SLOPE;
  }
}
