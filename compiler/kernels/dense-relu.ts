import {denseRows} from "./dense.js";
import type {Site} from "./site.js";
import {functionText, type KernelSource, rowFunctions} from "./source.js";

/** A layer that doesn't learn, with its ReLU. */
export function denseReluForward(site: Site, name: string): KernelSource {
  const {inputSize, outputSize} = site.node;
  const parts = rowFunctions(name, denseRows(site, true));
  const calls = parts.map((part) => `${part.name}(step);`);
  return {
    functions: [...parts.map(({text}) => text), functionText(name, "step", calls)],
    imports: {},
    portableBytecodes: 15.6 * inputSize * outputSize + 47 * outputSize,
  };
}
