import {elementBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {functionText, type KernelSource, placeOf} from "./source.js";

/**
 * Where an output is 0, so is its delta.
 * @returns undefined where the layer before looks at that as it takes the deltas
 */
export function reluBackward(site: Site, name: string): KernelSource | undefined {
  const {node, outputAt, outputDeltaAt, isBehindLearn} = site;
  if (isBehindLearn) return undefined;
  const outputs = placeOf(outputAt, "outputAt", "o");
  const deltas = placeOf(outputDeltaAt, "outputDeltaAt", "u");
  const lines = ["let a = step.arena;", outputs.prelude, deltas.prelude];
  for (let j = 0; j < node.outputSize; j++)
    lines.push(`if (a[${outputs.at(j)}] === 0) a[${deltas.at(j)}] = 0;`);
  return {
    functions: [functionText(name, "step", lines)],
    imports: {},
    portableBytecodes: elementBytecodes("reluBackward", node.outputSize),
  };
}
