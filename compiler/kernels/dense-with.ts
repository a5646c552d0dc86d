import type {CompilerOperator} from "../ops/operator.js";
import {DENSE_FORWARD, denseRows} from "./dense.js";
import {functionText, methodFunctions, rowParts} from "./source.js";
import type {Generator} from "./table.js";

/**
 * A layer that doesn't learn, and the activation behind it, which reads the sums as they were rounded.
 * @param generate the activation's generator; without one, or where it gives nothing, the portable activation is called
 */
export function denseWithForward({module, runtime}: CompilerOperator, generate?: Generator): Generator {
  return (site, name) => {
    const {inputSize, outputSize} = site.node;
    const rows = methodFunctions(`${name}rows`, ["step"], rowParts(denseRows(site, false)));
    const own = generate?.(site, `${name}activation`);
    const activate = own === undefined ? `${runtime.name}.forward(step);` : `${name}activation(step);`;
    const all = functionText(name, "step", [`${name}rows(step);`, activate]);
    return {
      functions: [...rows, ...(own?.functions ?? []), all],
      imports: own?.imports ?? {[module]: runtime.name},
      portableBytecodes:
        DENSE_FORWARD * inputSize * outputSize + 25 * outputSize + (own?.portableBytecodes ?? 0),
    };
  };
}
