import {denseRows} from "./dense.js";
import type {Site} from "./site.js";
import {type KernelSource, methodFunctions, rowParts} from "./source.js";

/** A layer that doesn't learn, with its ReLU. */
export function denseReluForward(site: Site, name: string): KernelSource {
  const {inputSize, outputSize} = site.node;
  const parts = rowParts(denseRows(site, true));
  return {
    functions: methodFunctions(name, ["step"], parts),
    imports: {},
    portableBytecodes: 15.6 * inputSize * outputSize + 47 * outputSize,
  };
}
