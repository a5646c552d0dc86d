import {OperatorCode} from "../image/format.js";
import type {Operator, Step} from "./operator.js";

/** Rectified linear unit, in place: max(0, x). Its derivative is 1 above 0 and 0 elsewhere, 0 at 0 included. */
export const relu: Operator = Object.freeze({
  code: OperatorCode.relu,
  name: "relu",
  inPlace: true,
  canDie: true,
  parameterCount: () => 0,
  forward,
  backward,
});

/** NaN stays NaN, so that a network gone wrong shows it; -0 becomes 0. */
function forward({arena, outputAt, outputSize}: Step): void {
  const end = outputAt + outputSize;
  for (let k = outputAt; k < end; k++) if (arena[k] <= 0) arena[k] = 0;
}

function backward({arena, outputAt, outputSize, outputDeltaAt}: Step): void {
  for (let j = 0; j < outputSize; j++) if (arena[outputAt + j] === 0) arena[outputDeltaAt + j] = 0;
}
