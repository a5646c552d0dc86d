import {OperatorCode} from "../image/format.js";
import {dense} from "./dense.js";
import type {Operator, Step} from "./operator.js";

/**
 * A fully connected layer and the ReLU behind it, for layers that don't learn: one operator less to keep in memory and to
 * call. Outputs are those of dense and then relu, to the bit: each sum is rounded before it is compared with 0.
 *
 * Parameters: as dense.
 */
export const denseRelu: Operator = Object.freeze({
  code: OperatorCode.denseRelu,
  name: "denseRelu",
  inPlace: false,
  isFrozen: true,
  parameterCount: dense.parameterCount,
  forward,
  backward: () => {},
});

/** NaN stays NaN, so that a network gone wrong shows it; -0 becomes 0. */
function forward(step: Step): void {
  const {arena, outputAt, outputSize} = step;
  dense.forward(step);
  const end = outputAt + outputSize;
  for (let k = outputAt; k < end; k++) if (arena[k] <= 0) arena[k] = 0;
}
