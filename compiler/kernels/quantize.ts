import type {Site} from "./site.js";
import {functionText, type KernelSource, placeOf} from "./source.js";

/** Scale and zero point as literals; cutting off stands in for rounding down and up, which are calls. */
export function quantizeForward({node, inputAt, outputAt}: Site, name: string): KernelSource {
  const {outputSize, constants} = node;
  const [scale] = new Float32Array(constants.buffer, constants.byteOffset, 1);
  const zeroPoint = constants[1];
  const inputs = placeOf(inputAt, "inputAt", "i");
  const outputs = placeOf(outputAt, "outputAt", "o", 4);
  const lines = ["const a = step.arena;", "const q = step.views.int8;"];
  lines.push(inputs.prelude, outputs.prelude, "let x = 0;");
  const shifted = zeroPoint === 0 ? "x" : zeroPoint < 0 ? `x - ${-zeroPoint}` : `x + ${zeroPoint}`;
  for (let k = 0; k < outputSize; k++) {
    lines.push(`x = a[${inputs.at(k)}] / ${scale};`);
    lines.push("x = x < 0 ? x - 0.5 : x + 0.5;");
    // NaN is neither, and becomes -128.
    const within = `x > ${-128 - zeroPoint} ? ${shifted.replace("x", "(x | 0)")} : -128`;
    lines.push(`q[${outputs.at(k)}] = x >= ${127 - zeroPoint} ? 127 : ${within};`);
  }
  return {
    functions: [functionText(name, "step", lines)],
    imports: {},
    portableBytecodes: 66 * outputSize,
  };
}
