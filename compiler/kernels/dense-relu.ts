import {denseRows} from "./dense.js";
import {CALLING_BOTH, denseBytecodes, elementBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {type KernelSource, methodFunctions, rowParts} from "./source.js";

/** A layer that doesn't learn, with its ReLU. */
export function denseReluForward(site: Site, name: string): KernelSource {
  const parts = rowParts(denseRows(site, true));
  return {
    functions: methodFunctions(name, ["step"], parts),
    imports: {},
    portableBytecodes:
      denseBytecodes("forward", site.node) +
      CALLING_BOTH +
      elementBytecodes("reluForward", site.node.outputSize),
  };
}
