import {describe, expect, test} from "vitest";
import {InputError} from "../../../runtime/input-error.js";
import {Exponential} from "../../../runtime/schedules/exponential.js";
import {InverseTime} from "../../../runtime/schedules/inverse-time.js";
import {Plateau} from "../../../runtime/schedules/plateau.js";
import {Steps} from "../../../runtime/schedules/steps.js";
import {refusalOf} from "../refusal-of.js";

describe("a schedule's factor by hand", () => {
  test("inverse time: 1, 1/2, 1/3 of the rate at 0, 1 and 2 times 1 / decay", () => {
    const schedule = new InverseTime({decay: 0.25});
    expect([0, 4, 8, 12].map((step) => schedule.factorAt(step))).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
  });

  test("exponential: e^(-decay step), in the end 0", () => {
    const schedule = new Exponential({decay: 0.5});
    expect(schedule.factorAt(0)).toBe(1);
    for (const step of [1, 2, 10, 100])
      expect(schedule.factorAt(step) / Math.exp(-0.5 * step)).toBeCloseTo(1, 14);
    expect(schedule.factorAt(10_000)).toBe(0);
  });

  test("steps: a half of the half each 3 updates, in whatever order it is asked", () => {
    const schedule = new Steps({every: 3});
    const factors = [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25];
    expect(factors.map((_, step) => schedule.factorAt(step))).toEqual(factors);
    expect([7, 2, 4, 0].map((step) => schedule.factorAt(step))).toEqual([0.25, 1, 0.5, 1]);
    expect(new Steps({every: 1, drop: 0.1}).factorAt(1_000_000)).toBe(0);
  });

  test("steps: a product, the same bits whether it was asked at every step or once", () => {
    const [one, other] = [0, 1].map(() => new Steps({every: 2, drop: 0.9}));
    for (let step = 0; step < 100; step++) one.factorAt(step);
    let product = 1;
    for (let drops = 0; drops < 50; drops++) product *= 0.9;
    expect([one.factorAt(100), other.factorAt(100)]).toEqual([product, product]);
  });

  test("plateau: drops after `patience` losses in a row that are no new lowest one, NaN among them", () => {
    const schedule = new Plateau({patience: 2, drop: 0.25});
    const factors = [5, 5, 4, 4.5, Number.NaN, 3.9, 3.9, 3.9, 3.9, 3.9].map((loss) => {
      schedule.report(loss);
      return schedule.factorAt();
    });
    expect(factors).toEqual([1, 1, 1, 1, 0.25, 0.25, 0.25, 0.0625, 0.0625, 0.015625]);
    schedule.reset();
    expect(schedule.factorAt()).toBe(1);
    schedule.report(100);
    schedule.report(101);
    expect(schedule.factorAt()).toBe(1);
  });
});

const decays = [0, -1, Number.NaN, Infinity, "0.1"].map(
  (decay) =>
    [
      {decay},
      `decay: expected a number above 0 and below Infinity, found ${decay}. Change the option.`,
    ] as const,
);
const drops = [0, 1, -0.5, Number.NaN].map(
  (drop) =>
    [
      {every: 1, drop},
      `drop: expected a number above 0 and below 1, found ${drop}. Change the option.`,
    ] as const,
);
const wholes = [0, -1, 1.5, Number.NaN, Infinity];

describe.each([
  [InverseTime, [...decays, [{decay: 1, rate: 2}, named("decay", "rate")]]],
  [Exponential, [...decays, [{decay: 1, rate: 2}, named("decay", "rate")]]],
  [
    Steps,
    [
      ...drops,
      ...wholes.map((every) => [
        {every},
        `every: expected a whole number from 1, found ${every}. Change the option.`,
      ]),
      [{every: 1, gamma: 0.1}, named("every, drop", "gamma")],
    ],
  ],
  [
    Plateau,
    [
      ...drops.map(([{drop}, message]) => [{drop}, message]),
      ...wholes.map((patience) => [
        {patience},
        `patience: expected a whole number from 1, found ${patience}. Change the option.`,
      ]),
      [{factor: 0.5}, named("patience, drop", "factor")],
    ],
  ],
] as const)("%o refuses", (Kind, cases) => {
  const make = Kind as unknown as new (options: unknown) => object;
  test.each(cases as readonly (readonly [object, string])[])("%j", (options, message) => {
    expect(refusalOf(() => new make(options))).toBe(message);
  });

  test("options that are none", () => {
    expect(() => new make(null)).toThrow(InputError);
    expect(refusalOf(() => new make("fast"))).toMatch(
      /^options: expected an object with \w+.*, found fast\./,
    );
  });
});

function named(known: string, found: string): string {
  return `options: expected only ${known}, found ${found}. Correct the name, or leave it out.`;
}
