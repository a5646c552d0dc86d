import {elementBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {functionText, type KernelSource, placeOf} from "./source.js";

/** Scale and zero point as literals. */
export function dequantizeForward({node, inputAt, outputAt}: Site, name: string): KernelSource {
  const {outputSize, constants} = node;
  const [scale] = new Float32Array(constants.buffer, constants.byteOffset, 1);
  const inputs = placeOf(inputAt, "inputAt", "i", 4);
  const outputs = placeOf(outputAt, "outputAt", "o");
  const zeroPoint = constants[1];
  const shift = zeroPoint < 0 ? `+ ${-zeroPoint}` : `- ${zeroPoint}`;
  const lines = ["let a = step.arena;", "let q = step.views.int8;", inputs.prelude, outputs.prelude];
  for (let k = 0; k < outputSize; k++)
    lines.push(`a[${outputs.at(k)}] = (q[${inputs.at(k)}] ${shift}) * ${scale};`);
  return {
    functions: [functionText(name, "step", lines)],
    imports: {},
    portableBytecodes: elementBytecodes("dequantizeForward", outputSize),
  };
}
