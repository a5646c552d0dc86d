import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {Description, DescriptionSource} from "../../../compiler/description/schema.js";
import {lower} from "../../../compiler/graph/lower.js";
import {fitStages} from "../../../compiler/preprocessing/stages.js";
import {bitsOf, drawer} from "../../runtime/reference/draw.js";
import * as reference from "../../runtime/reference/preprocessing.js";
import {refusalOf} from "../../runtime/refusal-of.js";

type Preprocessing = NonNullable<DescriptionSource["preprocessing"]>;

function describedBy(preprocessing: Preprocessing, columns: readonly string[]): Description {
  const layers: DescriptionSource["layers"] = [{type: "dense", units: 2, activation: "softmax"}];
  return checkDescription({name: "fitted", input: {columns: [...columns]}, preprocessing, layers});
}

/** @returns rows as the network gets them, and the constants of the last transform, after fitting to those same rows */
function fitted(preprocessing: Preprocessing, rows: readonly Float32Array[]) {
  const columns = Array.from(rows[0], (_, k) => `f${k}`);
  const stages = fitStages(describedBy(preprocessing, columns), rows);
  const changed = rows.map((row) => {
    const own = row.slice();
    for (const stage of stages) {
      if (stage.kind === "transform") stage.runtime.apply(own, 0, own.length, stage.constants, 0);
    }
    return own;
  });
  return {changed, constants: [...(stages.at(-1)?.constants ?? [])]};
}

/** A feature alone, before and after. */
function fittedColumn(preprocessing: Preprocessing, ...values: readonly number[]) {
  const {changed, constants} = fitted(
    preprocessing,
    values.map((x) => Float32Array.of(x)),
  );
  return {values: changed.map(([x]) => x), constants};
}

const draw = drawer(77);
const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** Features as recordings have them, 60 values each. Their sizes stay below 30 times their spread by any measure. */
const columns: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  Object.entries({
    normal: () => normal(),
    offset: () => 9.81 + 0.5 * normal(),
    negative: () => -20 + 3 * normal(),
    skewed: () => Math.exp(normal()),
    "skewed to below": () => -Math.exp(1.5 * normal()),
    counts: () => Math.floor(8 * draw() ** 2),
    small: () => 1e-6 * normal(),
    large: () => 1e6 * normal(),
  }).map(([name, next]) => [name, Array.from({length: 60}, () => Math.fround(next()))]),
);

/** Constants, features and results are rounded to 2^-24 each, constants of 30 times the spread. */
const TOLERANCE = 100 * 2 ** -24;

describe.each(Object.entries(columns))(
  "on the feature %s, against definitions in float64:",
  (_name, values) => {
    const entries: readonly (readonly [Preprocessing, reference.Fitted])[] = [
      [["standardize"], reference.standardize(values)],
      [["minMax"], reference.minMax(values, 0, 1)],
      [[{type: "minMax", low: -1}], reference.minMax(values, -1, 1)],
      [["robust"], reference.robust(values)],
      [["log"], reference.log],
      [["clip"], reference.clip(-3, 3)],
      [
        [{type: "clip", percentiles: [10, 85]}],
        reference.clip(reference.quantile(values, 0.1), reference.quantile(values, 0.85)),
      ],
    ];
    test.each(entries)("%j", (preprocessing, wanted) => {
      fittedColumn(preprocessing, ...values).values.forEach((y, k) => {
        const exact = wanted(values[k]);
        expect(Math.abs(y - exact)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(exact)));
      });
    });

    test("power finds the lambda of the greatest likelihood and applies it", () => {
      const {constants, values: changed} = fittedColumn(["power"], ...values);
      const [lambda] = constants;
      const coarse = reference.likeliest(values, -3, 5, 0.01);
      const fine = reference.likeliest(values, Math.max(-3, coarse - 0.01), Math.min(5, coarse + 0.01), 1e-4);
      expect(Math.abs(lambda - fine)).toBeLessThanOrEqual(1e-4);
      changed.forEach((y, k) => {
        const exact = reference.power(values[k], lambda);
        // The reference itself loses digits in (x + 1)^lambda - 1.
        expect(Math.abs(y - exact)).toBeLessThanOrEqual(2 ** -23 * Math.abs(exact) + 1e-15);
      });
    });
  },
);

const everyTransform: Preprocessing = ["standardize", "minMax", "robust", "log", "power", "clip"];

describe("by hand:", () => {
  test("minMax takes the least to low and the greatest to high, and a constant to low", () => {
    expect(fittedColumn(["minMax"], 2, 4, 3).values).toEqual([0, 1, 0.5]);
    expect(fittedColumn([{type: "minMax", low: -1, high: 3}], 2, 4, 3).values).toEqual([-1, 3, 1]);
    expect(fittedColumn([{type: "minMax", low: -1}], 7, 7).values).toEqual([-1, -1]);
  });

  test("robust takes median and quartiles between the values beside them, and an outlier doesn't matter", () => {
    // Of 1, 2, 3, 10 the quartiles stand at places 0.75, 1.5 and 2.25: 1.75, 2.5 and 4.75.
    expect(fittedColumn(["robust"], 10, 1, 3, 2).constants).toEqual([2.5, Math.fround(1 / 3)]);
    const calm = fittedColumn(["robust"], 1, 2, 3, 4, 5).constants;
    expect(calm).toEqual([3, 0.5]);
    expect(fittedColumn(["robust"], 1, 2, 3, 4, 1e9).constants).toEqual(calm);
    // More than half of one value: no spread between the quartiles.
    expect(fittedColumn(["robust"], 5, 5, 5, 5, 8).values).toEqual([0, 0, 0, 0, 3]);
  });

  test("clip keeps between 3 deviations after standardize, and between percentiles", () => {
    const outlier = [...new Array(99).fill(0), 1000];
    expect(Math.max(...fittedColumn(["standardize", "clip"], ...outlier).values)).toBe(3);
    expect(fittedColumn([{type: "clip", percentiles: [25, 75]}], 0, 10, 20, 30, 40).values).toEqual([
      10, 10, 20, 30, 30,
    ]);
  });

  test("power leaves a symmetric feature nearly alone and straightens exponentials to their logarithms", () => {
    const even = Array.from({length: 41}, (_, k) => (k - 20) / 10);
    expect(fittedColumn(["power"], ...even).constants[0]).toBeCloseTo(1, 6);
    // ln(x + 1) of these is even, so lambda 0 makes them symmetric; a likelihood isn't exactly that.
    const steep = even.map((x) => Math.exp(3 + x) - 1);
    expect(Math.abs(fittedColumn(["power"], ...steep).constants[0])).toBeLessThan(0.02);
    const mirrored = steep.map((x) => -x);
    expect(Math.abs(fittedColumn(["power"], ...mirrored).constants[0] - 2)).toBeLessThan(0.02);
  });

  test("power keeps apart in float32 what a likelier lambda would press together", () => {
    // Close together and far out: (x + 1)^-3 of all of them is 0 beside 1 / 3.
    const pressures = Array.from({length: 50}, (_, k) => 1000 + Math.exp(k / 10));
    const {constants, values} = fittedColumn(["power"], ...pressures);
    expect(constants[0]).toBeLessThan(1);
    expect(new Set(values).size).toBe(50);
    const below = fittedColumn(["power"], ...pressures.map((x) => -x));
    expect(below.constants[0]).toBeCloseTo(2 - constants[0], 6);
    expect(new Set(below.values).size).toBe(50);
    expect(fittedColumn(["power"], 1e6, 1e6 + 1, 1e6 + 30).constants).toEqual([1]);
  });

  test("power's features stay within float32, where a likelier lambda would lead beyond", () => {
    for (const outlier of [1e30, -1e30, 3e38]) {
      for (const y of fittedColumn(["power"], -2, -1, 0, 1, 2, outlier).values)
        expect(y).toSatisfy(Number.isFinite);
    }
    // Lambda 8 would make these even; lambda 3.3 makes more than float32 holds of the largest.
    const steep = Array.from({length: 50}, (_, k) => 1e12 * ((k + 1) / 50) ** 0.125);
    const {constants, values} = fittedColumn(["power"], ...steep);
    expect(constants[0]).toBeGreaterThan(3);
    for (const y of values) expect(y).toSatisfy(Number.isFinite);
  });

  test("power finds its lambda where only a narrow range about 1 stays within float32", () => {
    const wide = Array.from({length: 60}, () => Math.fround(1e30 * (Math.exp(0.5 * normal()) - 1)));
    const {constants} = fittedColumn(["power"], ...wide);
    const wanted = reference.likeliest(wide, 0.75, 1.25, 1e-4);
    expect(wanted).toBeGreaterThan(0.9);
    expect(wanted).toBeLessThan(0.995);
    expect(Math.abs(constants[0] - wanted)).toBeLessThanOrEqual(1e-4);
  });
});

test.each(everyTransform)("one example, and features that are constant, are no trouble: %j", (transform) => {
  const one = Float32Array.from([0, 5, -5, 1e-20, 3e38]);
  for (const rows of [[one], [one, one, one]]) {
    const {changed, constants} = fitted([transform], rows);
    for (const row of changed) expect([...row].every(Number.isFinite)).toBe(true);
    expect(constants.every(Number.isFinite)).toBe(true);
    if (transform === "standardize" || transform === "minMax" || transform === "robust") {
      expect(changed.flatMap((row) => [...row]).every((x) => x === 0)).toBe(true);
    }
  }
});

const odd = Float32Array.from([1e-45, 0.1, -7, 3.4e38, -3.4e38]);

test.each(everyTransform)("without examples nothing changes: %j", (transform) => {
  const description = describedBy([transform], ["a", "b", "c", "d", "e"]);
  const [stage] = fitStages(description, []);
  if (stage.kind !== "transform") throw new Error("no transform");
  const own = odd.slice();
  stage.runtime.apply(own, 0, own.length, stage.constants, 0);
  expect(bitsOf(own)).toEqual(bitsOf(odd));
});

test.each([
  {type: "standardize"},
  {type: "minMax"},
  {type: "robust"},
  {type: "log"},
  {type: "power"},
  {type: "clip", percentiles: [30, 60]},
] as const)("features that $type doesn't name stay as they are, to the bit", (settings) => {
  const rows = Array.from({length: 9}, (_, k) => Float32Array.from([...odd, Math.exp(k)]));
  const {changed} = fitted([{...settings, features: ["f5"]} as Preprocessing[number]], rows);
  for (const row of changed) expect(bitsOf(row.slice(0, 5))).toEqual(bitsOf(odd));
  const own = fittedColumn([settings as Preprocessing[number]], ...rows.map((row) => row[5]));
  expect(changed.map((row) => row[5])).toEqual(own.values);
  expect(own.values).not.toEqual(rows.map((row) => row[5]));
});

test("a window's features are named by axis and statistic, in the order that the device computes them", () => {
  const description = checkDescription({
    name: "window",
    // The device computes means before trends, however they are listed.
    input: {axes: ["x", "y"], window: 9, statistics: ["trend", "mean"]},
    preprocessing: [{type: "log", features: ["y.mean", "x.trend"]}],
    layers: [{type: "dense", units: 2, activation: "softmax"}],
  });
  const [, stage] = fitStages(description, [new Float32Array(4)]);
  expect([...stage.constants]).toEqual([0, 1, 1, 0]);
});

test("each transform is fitted on what those before it leave, and the examples stay as they were", () => {
  const rows = [1, 3, 1000].map((x) => Float32Array.of(x));
  const {changed} = fitted([{type: "clip", low: 0, high: 5}, "minMax"], rows);
  expect(changed.map(([x]) => x)).toEqual([0, 0.5, 1]);
  expect(rows.map(([x]) => x)).toEqual([1, 3, 1000]);
});

test.each(["standardize", "minMax"] as const)("%s fitted to an infinite feature is refused", (transform) => {
  const description = describedBy([transform], ["a", "b"]);
  const stages = fitStages(description, [Float32Array.of(1, 1), Float32Array.of(2, Infinity)]);
  expect(refusalOf(() => compile(description, [], {graph: lower(description), stages}))).toMatch(
    new RegExp(String.raw`^fitted: ${transform}\[\d\]: expected a finite number, found (NaN|Infinity)\. `),
  );
});
