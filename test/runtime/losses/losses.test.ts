import {describe, expect, test} from "vitest";
import {binaryCrossEntropy} from "../../../runtime/losses/binary-cross-entropy.js";
import {CLIP, crossEntropy} from "../../../runtime/losses/cross-entropy.js";
import type {Loss} from "../../../runtime/losses/loss.js";
import {meanAbsoluteError} from "../../../runtime/losses/mean-absolute-error.js";
import {meanSquaredError} from "../../../runtime/losses/mean-squared-error.js";
import {sigmoidBinaryCrossEntropy} from "../../../runtime/losses/sigmoid-binary-cross-entropy.js";
import {softmaxCrossEntropy} from "../../../runtime/losses/softmax-cross-entropy.js";
import {sigmoid} from "../../../runtime/ops/sigmoid.js";
import {softmax} from "../../../runtime/ops/softmax.js";
import {stepOf} from "../ops/step.js";
import {drawer, drawNumbers} from "../reference/draw.js";

/** Where the input would stand: these losses look at targets. */
const NO_INPUT = Number.NaN;

function measure(loss: Loss, outputs: ArrayLike<number>, targets: ArrayLike<number>) {
  const size = outputs.length;
  const arena = Float32Array.from([9, ...Array.from(outputs), 9, ...Array.from(targets), 9]);
  const value = loss.measure(arena, 1, size + 2, size, NO_INPUT);
  expect([arena[0], arena[size + 1], arena[2 * size + 2]]).toEqual([9, 9, 9]);
  return {value, delta: [...arena.subarray(size + 2, 2 * size + 2)]};
}

describe("meanSquaredError", () => {
  test("of 1, 2 where 4, 0 was wanted is (9 + 4) / 2, with deltas 2 (y - t) / 2", () => {
    expect(measure(meanSquaredError, [1, 2], [4, 0])).toEqual({value: 6.5, delta: [-3, 2]});
  });

  test("is 0 with deltas 0 where the outputs are what was wanted", () => {
    expect(measure(meanSquaredError, [0.1, -0.2, 3], [0.1, -0.2, 3])).toEqual({value: 0, delta: [0, 0, 0]});
  });
});

describe("meanAbsoluteError", () => {
  test("of 1, 2, 3, 4 where 4, 0, 3, 3 was wanted is (3 + 2 + 0 + 1) / 4, with deltas of the sign / 4", () => {
    const {value, delta} = measure(meanAbsoluteError, [1, 2, 3, 4], [4, 0, 3, 3]);
    expect(value).toBe(1.5);
    expect(delta).toEqual([-0.25, 0.25, 0, 0.25]);
  });

  test("shows a NaN, in its delta too", () => {
    expect(measure(meanAbsoluteError, [Number.NaN, 1], [0, 0])).toEqual({
      value: Number.NaN,
      delta: [Number.NaN, 0.5],
    });
  });
});

describe("crossEntropy", () => {
  test("is -ln of the probability given to the right class, with delta -1 / p there alone", () => {
    const {value, delta} = measure(crossEntropy, [0.25, 0.5, 0.25], [0, 1, 0]);
    expect(value).toBeCloseTo(Math.LN2, 15);
    expect(delta).toEqual([0, -2, 0]);
  });

  test("weighs by targets that are shares", () => {
    const {value, delta} = measure(crossEntropy, [0.5, 0.25, 0.25], [0.5, 0.25, 0.25]);
    expect(value).toBeCloseTo(1.5 * Math.LN2, 15);
    expect(delta).toEqual([-1, -1, -1]);
  });
});

describe("softmaxCrossEntropy", () => {
  test("is -ln of the probability given to the right class, with deltas y - t", () => {
    const {value, delta} = measure(softmaxCrossEntropy, [0.25, 0.5, 0.25], [0, 1, 0]);
    expect(value).toBeCloseTo(Math.LN2, 15);
    expect(delta).toEqual([0.25, -0.5, 0.25]);
  });

  test("has the deltas of crossEntropy carried through softmax", () => {
    const draw = drawer(8);
    for (let size = 2; size < 12; size++) {
      const {step, output} = stepOf(softmax, {input: drawNumbers(draw, size, 3), outputs: size});
      softmax.forward(step);
      const targets = output.map((_, k) => (k === size % 2 ? 1 : 0));
      const two = measure(crossEntropy, output, targets);
      const back = stepOf(softmax, {input: output, outputs: size, outputDelta: two.delta});
      softmax.backward(back.step);
      const one = measure(softmaxCrossEntropy, output, targets);
      expect(one.value).toBe(two.value);
      // -1 / p is rounded to float32 and multiplied by p again: 2^-24 of each, with y below 1.
      for (let j = 0; j < size; j++)
        expect(Math.abs(one.delta[j] - back.inputDelta[j])).toBeLessThan(2 ** -22);
    }
  });
});

test("softmaxCrossEntropy gives for a label, whatever stood in the targets' place, what it gives for its targets, to the bit", () => {
  const draw = drawer(11);
  const others = [
    [1, 0, 0],
    [0, 1, 0],
    [1e-9, 1 - 2 ** -24, 0],
    [Number.NaN, Number.NaN, Number.NaN],
  ];
  const drawn = Array.from({length: 50}, (_, k) => {
    const size = 2 + (k % 7);
    const {step, output} = stepOf(softmax, {input: drawNumbers(draw, size, 8), outputs: size});
    softmax.forward(step);
    return [...output];
  });
  for (const outputs of [...others, ...drawn]) {
    const size = outputs.length;
    for (let label = 0; label < size; label++) {
      const {value, delta} = measure(
        softmaxCrossEntropy,
        outputs,
        outputs.map((_, j) => (j === label ? 1 : 0)),
      );
      const arena = Float32Array.from([9, ...outputs, 9, ...outputs.map(() => 7), 9]);
      expect(softmaxCrossEntropy.byLabel?.measure(arena, 1, size + 2, size, label)).toBe(value);
      expect([...arena]).toEqual([9, ...Array.from(Float32Array.from(outputs)), 9, ...delta, 9]);
    }
  }
});

describe.each([crossEntropy, softmaxCrossEntropy])("$name", (loss) => {
  test("is finite at probabilities 0 and 1, and so are its deltas", () => {
    const wrong = measure(loss, [1, 0], [0, 1]);
    expect(wrong.value).toBeCloseTo(24 * Math.LN2, 12);
    expect(wrong.delta.every(Number.isFinite)).toBe(true);
    const right = measure(loss, [1, 0], [1, 0]);
    expect(right.value).toBeGreaterThan(0);
    expect(right.value).toBeLessThan(1.1 * CLIP);
    expect(right.delta.every(Number.isFinite)).toBe(true);
  });

  test("shows a NaN", () => {
    expect(measure(loss, [Number.NaN, 0.5], [1, 0]).value).toBeNaN();
    expect(measure(loss, [Number.NaN, 0.5], [1, 0]).delta[0]).toBeNaN();
  });
});

test("softmaxCrossEntropy shows a NaN where no class was wanted", () => {
  expect(measure(softmaxCrossEntropy, [Number.NaN, Number.NaN], [0, 0]).value).toBeNaN();
});

test("crossEntropy shows a NaN in an output that wasn't wanted: a sigmoid leaves the others finite", () => {
  const {value, delta} = measure(crossEntropy, [0.5, Number.NaN, 0.25], [1, 0, 0]);
  expect([value, ...delta]).toEqual([Number.NaN, -2, Number.NaN, 0]);
});

describe("binaryCrossEntropy", () => {
  test("of 1/2, 1/4 where 1, 0 was wanted is (ln 2 + ln 4/3) / 2, with deltas (p - t) / (p (1 - p)) / 2", () => {
    const {value, delta} = measure(binaryCrossEntropy, [0.5, 0.25], [1, 0]);
    expect(value).toBeCloseTo((Math.LN2 + Math.log(4 / 3)) / 2, 15);
    expect(delta).toEqual([-1, 2 / 3].map(Math.fround));
  });

  test("with the sigmoid in it has deltas (p - t) / 2, those of both one after the other", () => {
    expect(measure(sigmoidBinaryCrossEntropy, [0.5, 0.25], [1, 0]).delta).toEqual([-0.25, 0.125]);
    const draw = drawer(9);
    for (let size = 1; size < 12; size++) {
      const {step, output} = stepOf(sigmoid, {input: drawNumbers(draw, size, 4), outputs: size});
      sigmoid.forward(step);
      const targets = output.map(() => draw());
      const two = measure(binaryCrossEntropy, output, targets);
      const back = stepOf(sigmoid, {input: output, outputs: size, outputDelta: two.delta});
      sigmoid.backward(back.step);
      const one = measure(sigmoidBinaryCrossEntropy, output, targets);
      expect(one.value).toBe(two.value);
      // Two roundings to float32 of numbers below 1, and 1 - p of a p that was rounded.
      for (let j = 0; j < size; j++)
        expect(Math.abs(one.delta[j] - back.inputDelta[j])).toBeLessThan(2 ** -22);
    }
  });
});

describe.each([binaryCrossEntropy, sigmoidBinaryCrossEntropy])("$name", (loss) => {
  test("is finite at probabilities 0 and 1, the same from both sides, and so are its deltas", () => {
    const wrong = measure(loss, [0, 1], [1, 0]);
    expect(wrong.value).toBeCloseTo(24 * Math.LN2, 12);
    expect(wrong.delta[0]).toBe(-wrong.delta[1]);
    expect(wrong.delta.every(Number.isFinite)).toBe(true);
    const right = measure(loss, [0, 1], [0, 1]);
    expect(right.value).toBeGreaterThan(0);
    expect(right.value).toBeLessThan(1.1 * CLIP);
    expect(right.delta.every(Number.isFinite)).toBe(true);
  });

  test("shows a NaN, whichever was wanted", () => {
    for (const target of [0, 1]) {
      const {value, delta} = measure(loss, [Number.NaN, 0.5], [target, 0]);
      expect([value, delta[0]]).toEqual([Number.NaN, Number.NaN]);
    }
  });
});
