import {denseBytecodes} from "./portable-cost.js";
import type {Site} from "./site.js";
import {type KernelSource, literal, methodFunctions, placeOf, product, rowParts} from "./source.js";

/** Weights and scales as literals; sums start from 0, as the bias comes behind the scale. */
export function denseInt8WeightsForward({node, inputAt, outputAt}: Site, name: string): KernelSource {
  const {inputSize, outputSize, int8, constants} = node;
  const inputs = placeOf(inputAt, "inputAt", "i");
  const outputs = placeOf(outputAt, "outputAt", "o");
  const parts = rowParts({
    inputSize,
    outputSize,
    prelude: ["let a = step.arena;", inputs.prelude, outputs.prelude],
    input: (i) => `a[${inputs.at(i)}]`,
    start: () => "0",
    // No weight is left out, not even 0: what it is multiplied with may be infinite.
    term: (j, i, x) => product(int8[j * inputSize + i], x),
    end: (j, sum) =>
      `a[${outputs.at(j)}] = ${literal(constants[j])} + ${literal(constants[outputSize + j])} * (${sum});`,
  });
  return {
    functions: methodFunctions(name, ["step"], parts),
    imports: {},
    portableBytecodes: denseBytecodes("int8Weights", node),
  };
}
