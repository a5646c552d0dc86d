import type {Site} from "./site.js";
import {functionText, type KernelSource, literal, placeOf, product, rowFunctions} from "./source.js";

/** Weights and scales as literals; sums start from 0, as the bias comes behind the scale. */
export function denseInt8WeightsForward({node, inputAt, outputAt}: Site, name: string): KernelSource {
  const {inputSize, outputSize, int8, constants} = node;
  const inputs = placeOf(inputAt, "inputAt", "i");
  const outputs = placeOf(outputAt, "outputAt", "o");
  const parts = rowFunctions(name, {
    inputSize,
    outputSize,
    prelude: ["const a = step.arena;", inputs.prelude, outputs.prelude],
    input: (i) => `a[${inputs.at(i)}]`,
    start: () => "0",
    // No weight is left out, not even 0: what it is multiplied with may be infinite.
    term: (j, i, x) => product(int8[j * inputSize + i], x),
    end: (j, sum) =>
      `a[${outputs.at(j)}] = ${literal(constants[j])} + ${literal(constants[outputSize + j])} * (${sum});`,
  });
  const calls = parts.map((part) => `${part.name}(step);`);
  return {
    functions: [...parts.map(({text}) => text), functionText(name, "step", calls)],
    imports: {},
    portableBytecodes: 17.5 * inputSize * outputSize + 40 * outputSize,
  };
}
