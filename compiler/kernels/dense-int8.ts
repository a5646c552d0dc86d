import {denseBytecodes} from "./portable-cost.js";
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
    prelude: ["let q = step.views.int8;", inputs.prelude, outputs.prelude, "let s = 0;"],
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
      const scaling: Scaling = {multiplier: own(1, j), shift: own(2, j), largest, isCutOff: minimum >= zero};
      const short = requantized(sum, scaling);
      if (short === undefined) needsCall = true;
      const {code, offset} = short ?? {
        code: `s = requantize(${sum}, ${scaling.multiplier}, ${scaling.shift});`,
        offset: 0,
      };
      const change = zero - offset;
      const shifted = change === 0 ? "s" : change < 0 ? `s - ${-change}` : `s + ${change}`;
      const tooMuch = `s >= ${literal(maximum - change)} ? ${literal(maximum)}`;
      const tooLittle = `s <= ${literal(minimum - change)} ? ${literal(minimum)}`;
      return `${code} q[${outputs.at(j)}] = ${tooLittle} : ${tooMuch} : ${shifted};`;
    },
  });
  return {
    functions: methodFunctions(name, ["step"], parts),
    imports: needsCall ? {"ganglion/numbers/requantize": "requantize"} : {},
    portableBytecodes: denseBytecodes("int8", node),
  };
}

interface Scaling {
  readonly multiplier: number;
  readonly shift: number;
  /** That a sum can be in size. */
  readonly largest: number;
  /** Whether all results below 0 are cut off to the same number. */
  readonly isCutOff: boolean;
}

/**
 * What requantize() computes, in one multiplication, where a sum is so small that its product with the multiplier is exact
 * in a double. Rounding down twice, after dividing by 2^31 and by 2^-shift, is rounding down once after dividing by both; so
 * the halves of both roundings are added first. Below 0 the second rounding's half is one less, as halves go away from zero,
 * and an offset makes the number positive, as `| 0` cuts off.
 *
 * @returns a statement that leaves the result plus `offset` in `s`; undefined where sums may be too large
 */
function requantized(
  sum: string,
  {multiplier, shift, largest, isCutOff}: Scaling,
): {code: string; offset: number} | undefined {
  if (shift > 0) return undefined;
  const divisor = 2 ** (31 - shift);
  const offset = isCutOff ? 0 : Math.ceil((largest * multiplier) / divisor) + 1;
  const halves = 2 ** 30 + (shift === 0 ? 0 : divisor / 2);
  const added = halves + offset * divisor;
  if (largest * multiplier + added > 2 ** 53) return undefined;
  if (isCutOff || shift === 0)
    return {code: `s = ((${sum}) * ${multiplier} + ${added}) * ${1 / divisor} | 0;`, offset};
  const product = `s = (${sum}) * ${multiplier};`;
  const code = `${product} s = (s < ${-(2 ** 30)} ? s + ${added - 2 ** 31} : s + ${added}) * ${1 / divisor} | 0;`;
  return {code, offset};
}
