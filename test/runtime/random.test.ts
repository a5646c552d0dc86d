import {describe, expect, test} from "vitest";
import {Random} from "../../runtime/random.js";

const firstOf = (seed: number, count = 4) => {
  const random = new Random(seed);
  return Array.from({length: count}, () => random.uniform());
};

describe("Random", () => {
  test("gives the same numbers for seed 1 for ever", () => {
    expect(firstOf(1, 5).map((u) => u * 2 ** 24)).toEqual([2437655, 10272688, 4021134, 14648802, 1652092]);
    expect(firstOf(0, 1).map((u) => u * 2 ** 24)).toEqual([2102513]);
  });

  test("gives every seed from 0 to 9999 another sequence", () => {
    expect(new Set(Array.from({length: 10_000}, (_, seed) => firstOf(seed, 2).join())).size).toBe(10_000);
  });

  test("stays in [0, 1), in steps that float32 holds exactly", () => {
    const random = new Random(7);
    for (let n = 0; n < 20_000; n++) {
      const u = random.uniform();
      expect(u >= 0 && u < 1 && Number.isInteger(u * 2 ** 24)).toBe(true);
    }
  });

  test("is uniform: mean 1/2, variance 1/12, and sixteenths equally full", () => {
    const random = new Random(1);
    const counts = new Array<number>(16).fill(0);
    const n = 160_000;
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < n; k++) {
      const u = random.uniform();
      sum += u;
      squares += (u - 0.5) ** 2;
      counts[Math.floor(u * 16)]++;
    }
    // Five standard errors: sqrt(1/12 / n) = 0.0007; that of a sixteenth's count is sqrt(n / 16 * 15 / 16) = 97.
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(0.0036);
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(0.001);
    for (const count of counts) expect(Math.abs(count - n / 16)).toBeLessThan(485);
  });

  test("draws normal numbers: mean 0, variance 1, a third outside one deviation", () => {
    const random = new Random(1);
    const n = 100_000;
    const values = Array.from({length: n}, () => random.normal());
    // Five standard errors: of the mean 1 / sqrt(n), of the variance sqrt(2 / n), of the share sqrt(0.217 / n).
    const mean = values.reduce((sum, x) => sum + x, 0) / n;
    expect(Math.abs(mean)).toBeLessThan(0.016);
    expect(Math.abs(values.reduce((sum, x) => sum + x * x, 0) / n - 1)).toBeLessThan(0.023);
    expect(Math.abs(values.filter((x) => Math.abs(x) > 1).length / n - 0.3173)).toBeLessThan(0.0075);
  });

  test("below(n) gives every whole number under n and no other", () => {
    const random = new Random(5);
    for (const n of [1, 2, 3, 10]) {
      const seen = new Set(Array.from({length: 1000}, () => random.below(n)));
      expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({length: n}, (_, k) => k));
    }
    for (let k = 0; k < 1000; k++) expect(random.below(2 ** 24)).toBeLessThan(2 ** 24);
  });
});
