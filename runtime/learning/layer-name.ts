import type {Step} from "../ops/operator.js";

/** @returns where in a description the layer stands that operator `index` belongs to, and the operator: "layers[1] (tanh)" */
export function layerName(steps: readonly Step[], index: number): string {
  let layer = -1;
  for (let k = 0; k <= index; k++) if (beginsLayer(steps[k])) layer++;
  return `layers[${layer}] (${steps[index].operator.name})`;
}

/** What follows a layer, as its activation, works in place; what goes to int8 and back has no weights. */
function beginsLayer({operator, inputSize, outputSize}: Step): boolean {
  if (operator.inPlace) return false;
  return operator.int8Count !== undefined || operator.parameterCount(inputSize, outputSize) > 0;
}
