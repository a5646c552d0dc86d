import {expect, test} from "vitest";
import {requantize} from "../../../runtime/numbers/requantize.js";
import {drawer} from "../reference/draw.js";
import {multiplyByQuantizedMultiplier} from "../reference/tflite.js";

test("half of 3 is 2 and half of -3 is -2: halves go away from zero where a shift divides", () => {
  // multiplier 2^30 is one half; a shift of 1 makes it 1, of -1 a quarter.
  expect([3, -3, 4, -4].map((x) => requantize(x * 2, 2 ** 30, 0))).toEqual([3, -3, 4, -4]);
  expect([6, -6, 2, -2].map((x) => requantize(x, 2 ** 30, -1))).toEqual([2, -2, 1, -1]);
  expect([3, -3].map((x) => requantize(x, 2 ** 30, 1))).toEqual([3, -3]);
});

test("is TensorFlow Lite's fixed-point multiplication for 200,000 numbers and at the ends", () => {
  const draw = drawer(9);
  const whole = (low: number, high: number) => low + Math.floor(draw() * (high - low + 1));
  const ends = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)];
  for (let n = 0; n < 200_000; n++) {
    const shift = whole(-31, 15);
    const most = shift > 0 ? 2 ** (31 - shift) - 1 : 2 ** 31 - 1;
    const size = most / 2 ** whole(0, 30);
    const x = n % 50 === 0 && shift <= 0 ? ends[whole(0, 4)] : Math.trunc((2 * draw() - 1) * size);
    const multiplier = n % 40 === 0 ? [2 ** 30, 2 ** 31 - 1, 0][whole(0, 2)] : whole(2 ** 30, 2 ** 31 - 1);
    const wanted = multiplyByQuantizedMultiplier(x, multiplier, shift);
    const given = requantize(x, multiplier, shift);
    if (given !== wanted) throw new Error(`${x}, ${multiplier}, ${shift}: ${given} instead of ${wanted}`);
  }
});
