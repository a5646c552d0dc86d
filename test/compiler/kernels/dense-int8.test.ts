import {expect, test} from "vitest";
import {denseInt8Forward} from "../../../compiler/kernels/dense-int8.js";
import type {Site} from "../../../compiler/kernels/site.js";
import {denseInt8} from "../../../compiler/ops/dense-int8.js";
import {requantize} from "../../../runtime/numbers/requantize.js";
import {drawer} from "../../runtime/reference/draw.js";

/** A layer of one input whose biases, multipliers and shifts are given, at the arena's places 0 and 8. */
function run(
  rows: readonly (readonly [bias: number, multiplier: number, shift: number])[],
  zero: number,
  minimum: number,
): number[] {
  const outputSize = rows.length;
  const site: Site = {
    method: "forward",
    index: 0,
    node: {
      name: "layer",
      operator: denseInt8,
      inputSize: 1,
      outputSize,
      parameters: new Float32Array(0),
      constants: Int32Array.from([
        zero,
        minimum,
        127,
        ...[0, 1, 2].flatMap((k) => rows.map((row) => row[k])),
      ]),
      int8: new Int8Array(outputSize).fill(1),
      regularization: undefined,
    },
    operator: denseInt8,
    next: undefined,
    learns: false,
    parametersAt: -1,
    gradientsAt: -1,
    isBehindLearn: false,
    wantsInputDeltas: false,
    inputAt: 0,
    outputAt: 2,
    inputDeltaAt: undefined,
    outputDeltaAt: undefined,
    plans: [0],
  };
  const {functions} = denseInt8Forward(site, "forward");
  const forward = new Function("requantize", `${functions.join("\n")} return forward;`)(requantize);
  const int8 = new Int8Array(8 + outputSize);
  forward({views: {int8}});
  return [...int8.subarray(8)];
}

test.each([
  {zero: 0, minimum: -128},
  {zero: -17, minimum: -128},
  {zero: 5, minimum: 5},
  {zero: -128, minimum: -128},
])(
  "sums of all sizes are requantized as requantize() does, to a zero of $zero from $minimum on",
  ({zero, minimum}) => {
    const draw = drawer(12);
    const rows = Array.from({length: 4000}, (_, k) => {
      const shift = -(k % 32) + (k % 7 === 0 ? 3 : 0);
      const multiplier = k % 50 === 0 ? 0 : Math.floor(2 ** 30 * (1 + draw()));
      // Results within int8, halves among them, and some far outside.
      const size = (k % 3 === 0 ? 2000 : 200) * 2 ** -shift;
      const sum = k % 5 === 0 ? Math.round(draw() * 20) - 10 : Math.round((draw() - 0.5) * size);
      const bias = Math.max(-(2 ** 30), Math.min(2 ** 30, sum));
      return [bias, k % 11 === 0 ? 2 ** 30 : multiplier, shift] as const;
    });
    const wanted = rows.map((row) => Math.max(minimum, Math.min(127, requantize(...row) + zero)));
    expect(run(rows, zero, minimum)).toEqual(wanted.map((value) => (Object.is(value, -0) ? 0 : value)));
  },
);
