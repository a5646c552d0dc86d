import {expect, test} from "vitest";
import {denseInt8} from "../../../runtime/ops/dense-int8.js";
import type {Step} from "../../../runtime/ops/operator.js";
import {drawer} from "../reference/draw.js";
import {fullyConnected, type TfliteLayer} from "../reference/tflite.js";

/** Runs a layer through the operator, with the input's zero point taken off the biases as the compiler does. */
function run(layer: TfliteLayer, input: readonly number[]): number[] {
  const outputs = layer.weights.length;
  const biases = layer.biases.map(
    (bias, j) => bias - layer.inputZero * layer.weights[j].reduce((sum, weight) => sum + weight, 0),
  );
  const words = Int32Array.from([
    layer.outputZero,
    layer.minimum,
    layer.maximum,
    ...biases,
    ...layer.multipliers,
    ...layer.shifts,
  ]);
  const outputAt = (input.length + 3) >> 2;
  const int8 = new Int8Array(4 * (outputAt + ((outputs + 3) >> 2)));
  int8.set(input);
  const step = {
    views: {int8},
    image: {int8: Int8Array.from(layer.weights.flat()), constantWords: words},
    int8At: 0,
    constantsAt: 0,
    inputSize: input.length,
    outputSize: outputs,
    inputAt: 0,
    outputAt,
  } as unknown as Step;
  denseInt8.forward(step);
  return [...int8.subarray(4 * outputAt, 4 * outputAt + outputs)];
}

test("by hand: (2 * (5 - 1) + 3 * (1 - 1) + 10) / 4 + 100 is 104.5, up to 105; and a limit holds", () => {
  const layer = {
    inputZero: 1,
    outputZero: 100,
    minimum: -128,
    maximum: 127,
    weights: [
      [2, 3],
      [127, 127],
    ],
    biases: [10, 0],
    multipliers: [2 ** 30, 2 ** 30],
    shifts: [-1, 0],
  };
  expect(run(layer, [5, 1])).toEqual([105, 127]);
  expect(run({...layer, maximum: 104}, [5, 1])).toEqual([104, 104]);
});

test("gives TensorFlow Lite's numbers for 2,000 layers of 1 to 70 inputs and 1 to 9 outputs", () => {
  const draw = drawer(4);
  const whole = (low: number, high: number) => low + Math.floor(draw() * (high - low + 1));
  const list = (count: number, low: number, high: number) =>
    Array.from({length: count}, () => whole(low, high));
  for (let n = 0; n < 2000; n++) {
    const inputs = whole(1, 70);
    const outputs = whole(1, 9);
    const limits = [whole(-128, 127), whole(-128, 127)].sort((a, b) => a - b);
    const layer: TfliteLayer = {
      inputZero: whole(-128, 127),
      outputZero: whole(-128, 127),
      minimum: limits[0],
      maximum: limits[1],
      weights: Array.from({length: outputs}, () => list(inputs, -127, 127)),
      biases: list(outputs, -50_000, 50_000),
      multipliers: list(outputs, 2 ** 30, 2 ** 31 - 1),
      shifts: list(outputs, -16, -5),
    };
    const input = list(inputs, -128, 127);
    expect(run(layer, input)).toEqual(fullyConnected(layer, input));
  }
});
