import type {CompilerOperator} from "../ops/operator.js";
import {denseRows} from "./dense.js";
import {CALLING_BOTH, denseBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import type {ActivationSource} from "./softmax.js";
import {functionText, methodFunctions, rowParts} from "./source.js";
import type {Generator} from "./table.js";

/**
 * A layer that doesn't learn, and the activation behind it, which reads the sums as they were rounded.
 * @param linesOf what the activation does; without them, or where there are none, the portable activation is called
 */
export function denseWithForward(
  {module, runtime}: CompilerOperator,
  linesOf?: (site: Site) => ActivationSource | undefined,
): Generator {
  return (site, name) => {
    const rows = methodFunctions(`${name}rows`, ["step"], rowParts(denseRows(site, false)));
    const own = linesOf?.(site);
    const activate = own?.lines ?? [`${runtime.name}.forward(step);`];
    const all = functionText(name, "step", [`${name}rows(step);`, ...activate]);
    return {
      functions: [...rows, all],
      imports: own?.imports ?? {[module]: runtime.name},
      portableBytecodes: denseBytecodes("forward", site.node) + CALLING_BOTH + (own?.portableBytecodes ?? 0),
    };
  };
}
