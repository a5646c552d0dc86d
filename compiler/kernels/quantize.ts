import {elementBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {functionText, type KernelSource, placeOf} from "./source.js";

/** Scale and zero point as literals; cutting off stands in for rounding down and up, which are calls. */
export function quantizeForward({node, inputAt, outputAt}: Site, name: string): KernelSource {
  const {outputSize, constants} = node;
  const [scale] = new Float32Array(constants.buffer, constants.byteOffset, 1);
  const zeroPoint = constants[1];
  const inputs = placeOf(inputAt, "inputAt", "i");
  const outputs = placeOf(outputAt, "outputAt", "o", 4);
  const lines = ["let a = step.arena;", "let q = step.views.int8;"];
  lines.push(inputs.prelude, outputs.prelude, "let x = 0;");
  const shifted = zeroPoint === 0 ? "" : zeroPoint < 0 ? ` - ${-zeroPoint}` : ` + ${zeroPoint}`;
  const whole = `(x | 0)${shifted}`;
  for (let k = 0; k < outputSize; k++) {
    const below = `(x = x - 0.5) > ${-128 - zeroPoint} ? ${whole} : -128`;
    // NaN is neither below nor above, and becomes -128.
    const above = `(x = x + 0.5) < ${127 - zeroPoint} ? ${whole} : x >= ${127 - zeroPoint} ? 127 : -128`;
    lines.push(`x = a[${inputs.at(k)}] / ${scale};`);
    lines.push(`q[${outputs.at(k)}] = x < 0 ? (${below}) : ${above};`);
  }
  return {
    functions: [functionText(name, "step", lines)],
    imports: {},
    portableBytecodes: elementBytecodes("quantizeForward", outputSize),
  };
}
