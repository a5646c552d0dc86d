import {describe, expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import {fitStages} from "../../../compiler/preprocessing/stages.js";
import {standardize} from "../../../compiler/preprocessing/standardize.js";

const rows = [
  [1, 5, 0.1],
  [3, 5, 0.1],
].map((row) => Float32Array.from(row));

describe("standardize", () => {
  test("finds means and inverse deviations: of 1 and 3, 2 and 1/1; of a constant, itself and 1", () => {
    expect([...standardize.findConstants(rows, 3)]).toEqual([2, 5, Math.fround(0.1), 1, 1, 1]);
  });

  test("makes a constant feature 0 and the others of mean 0 and deviation 1", () => {
    const constants = standardize.findConstants(rows, 3);
    const [one, other] = rows.map((row) => {
      const own = row.slice();
      standardize.runtime.apply(own, 0, 3, constants, 0);
      return [...own];
    });
    expect(one).toEqual([-1, 0, 0]);
    expect(other).toEqual([1, 0, 0]);
  });

  test("without examples changes nothing", () => {
    expect([...standardize.findConstants([], 2)]).toEqual([0, 0, 1, 1]);
  });

  test("takes rounding noise on a large constant for what it is, and a small real movement for real", () => {
    const noise = [1000, 1000.0001].map((x) => Float32Array.of(x));
    expect(standardize.findConstants(noise, 1)[1]).toBe(1);
    const small = [1e-9, 3e-9].map((x) => Float32Array.of(x));
    expect(standardize.findConstants(small, 1)[1]).toBeCloseTo(1e9, -3);
  });

  test("is fitted to what the transform before it leaves", () => {
    const description = checkDescription({
      name: "twice",
      input: {columns: ["a", "b", "c"]},
      preprocessing: ["standardize", "standardize"],
      layers: [{type: "dense", units: 2, activation: "softmax"}],
    });
    const stages = fitStages(description, rows);
    expect([...stages[1].constants]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(rows[0][0]).toBe(1);
  });
});
