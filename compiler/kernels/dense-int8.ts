import type {Site} from "./site.js";
import {type KernelSource, literal, methodFunctions, placeOf, product, rowParts} from "./source.js";

/**
 * Whole numbers from the inputs to the outputs, weights, biases and multipliers as literals. A weight of 0 is left out,
 * and one of 1 or -1 isn't multiplied: whole numbers allow that.
 */
export function denseInt8Forward({node, inputAt, outputAt}: Site, name: string): KernelSource {
  const {inputSize, outputSize, int8, constants} = node;
  const [zero, minimum, maximum] = constants;
  const own = (part: number, j: number) => constants[3 + part * outputSize + j];
  const inputs = placeOf(inputAt, "inputAt", "i", 4);
  const outputs = placeOf(outputAt, "outputAt", "o", 4);
  let needsCall = false;
  const parts = rowParts({
    inputSize,
    outputSize,
    prelude: ["const q = step.views.int8;", inputs.prelude, outputs.prelude, "let s = 0;"],
    input: (i) => `q[${inputs.at(i)}]`,
    start: (j) => literal(own(0, j)),
    term: (j, i, x) => {
      const weight = int8[j * inputSize + i];
      if (weight === 0) return "";
      return Math.abs(weight) === 1 ? ` ${weight < 0 ? "-" : "+"} ${x}` : product(weight, x);
    },
    end(j, sum) {
      const row = int8.subarray(j * inputSize, (j + 1) * inputSize);
      const largest = row.reduce((all, weight) => all + 128 * Math.abs(weight), Math.abs(own(0, j)));
      const scaled = requantized(sum, largest, own(1, j), own(2, j));
      if (scaled === undefined) needsCall = true;
      const before = scaled ?? `s = requantize(${sum}, ${own(1, j)}, ${own(2, j)});`;
      const shifted = zero === 0 ? "s" : zero < 0 ? `s - ${-zero}` : `s + ${zero}`;
      const tooMuch = `s >= ${literal(maximum - zero)} ? ${literal(maximum)}`;
      const tooLittle = `s <= ${literal(minimum - zero)} ? ${literal(minimum)}`;
      return `${before} q[${outputs.at(j)}] = ${tooLittle} : ${tooMuch} : ${shifted};`;
    },
  });
  return {
    functions: methodFunctions(name, ["step"], parts),
    imports: needsCall ? {"ganglion/numbers/requantize": "requantize"} : {},
    portableBytecodes: 17.5 * inputSize * outputSize + 150 * outputSize,
  };
}

/**
 * What requantize() computes, where a sum is so small that its product with the multiplier is exact in a double: an
 * offset makes it positive, so that cutting off is rounding down, and halves then go away from zero by a shift.
 *
 * @param largest that the sum can be in size
 * @returns a statement that leaves the result in `s`; undefined where sums may be too large
 */
function requantized(sum: string, largest: number, multiplier: number, shift: number): string | undefined {
  const offset = Math.ceil((largest * multiplier) / 2 ** 31) + 1;
  if (shift > 0 || shift < -30 || (2 * offset + 2) * 2 ** 31 > 2 ** 53 || offset >= 2 ** 30) return undefined;
  const shifted = offset * 2 ** 31 + 2 ** 30;
  const rounded = `s = ((${sum}) * ${multiplier} + ${shifted}) * ${2 ** -31} | 0;`;
  if (shift === 0) return `${rounded} s = s - ${offset};`;
  const half = 2 ** (-shift - 1);
  return `${rounded} s = (s < ${offset} ? s + ${literal(half - 1 - offset)} : s + ${literal(half - offset)}) >> ${-shift};`;
}
