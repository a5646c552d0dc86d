import {describe, expect, test} from "vitest";
import {Resampler} from "../../runtime/resampler.js";
import {drawer} from "./reference/draw.js";
import {refusalOf} from "./refusal-of.js";

/** Puts samples of one number. @returns what is given out after each */
function run(resampler: Resampler, samples: readonly (readonly [time: number, x: number])[]): number[][] {
  const into = new Float32Array(1);
  return samples.map(([time, x]) => {
    resampler.sample[0] = x;
    resampler.put(time);
    const out: number[] = [];
    while (resampler.next(into)) out.push(into[0]);
    return out;
  });
}

describe("a resampler at 50 samples a second", () => {
  test("passes what comes on time through unchanged, to the bit", () => {
    const draw = drawer(1);
    const samples = Array.from(
      {length: 1000},
      (_, k) => [7 + 20 * k, Math.fround(draw() * 10 ** (40 * draw() - 20))] as const,
    );
    expect(run(new Resampler(1, 50), samples).flat()).toEqual(samples.map(([, x]) => x));
  });

  test("gives late and early samples by the line between their neighbours", () => {
    // Moments due: 0, 20, 40, 60.
    const samples = [
      [0, 0],
      [25, 5],
      [35, 15],
      [60, 40],
    ] as const;
    expect(run(new Resampler(1, 50), samples)).toEqual([[0], [4], [], [20, 40]]);
  });

  test("gives several for one that comes late, and none for those of a quicker sensor in between", () => {
    expect(
      run(new Resampler(1, 50), [
        [0, 0],
        [80, 8],
        [84, 0],
        [88, 0],
        [100, 0],
      ]),
    ).toEqual([[0], [2, 4, 6, 8], [], [], [0]]);
  });

  test("keeps its rate for a day, whatever the timer's jitter", () => {
    const resampler = new Resampler(1, 30);
    const draw = drawer(2);
    const into = new Float32Array(1);
    let count = 0;
    let time = 0;
    for (; time < 86_400_000; time += 20 + Math.round(60 * draw())) {
      resampler.sample[0] = 1;
      resampler.put(time);
      while (resampler.next(into)) count++;
    }
    // Within one sample of 30 a second.
    expect(Math.abs(count - (30 * time) / 1000)).toBeLessThan(5);
  });

  test("says so and begins anew after a pause longer than five samples, and bridges one that isn't", () => {
    const resampler = new Resampler(1, 50);
    expect(resampler.put(0)).toBe(false);
    expect(resampler.put(100)).toBe(true);
    expect(resampler.put(201)).toBe(false);
    expect(
      run(new Resampler(1, 50), [
        [0, 1],
        [101, 3],
        [121, 5],
      ]),
    ).toEqual([[1], [3], [5]]);
  });

  test("leaves out a sample that isn't later than the one before", () => {
    expect(
      run(new Resampler(1, 50), [
        [0, 1],
        [20, 2],
        [20, 9],
        [10, 9],
        [40, 3],
      ]),
    ).toEqual([[1], [2], [], [], [3]]);
  });

  test("goes on when the clock turns from 2^31 - 1 to -2^31", () => {
    const turn = 2 ** 31;
    expect(
      run(new Resampler(1, 50), [
        [turn - 10, 0],
        [-turn + 10, 20],
      ]),
    ).toEqual([[0], [20]]);
  });

  test("refuses a rate that is none, and gaps below a period", () => {
    expect(refusalOf(() => new Resampler(1, 0))).toBe(
      "rate: expected a number above 0 and below 100001, found 0. Change the option.",
    );
    expect(refusalOf(() => new Resampler(1, 50, 19))).toContain(
      "longestGap: expected a number at or above 20",
    );
  });

  test("refuses a time that is none, and goes on with the next", () => {
    const resampler = new Resampler(1, 50);
    for (const time of [Number.NaN, Infinity, undefined as unknown as number])
      expect(refusalOf(() => resampler.put(time))).toMatch(/^resampler: time: expected a finite number/);
    const samples = [
      [0, 1],
      [20, 2],
    ] as const;
    expect(run(resampler, samples)).toEqual([[1], [2]]);
  });
});
