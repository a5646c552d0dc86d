import {describe, expect, test} from "vitest";
import {InputError} from "../../../runtime/input-error.js";
import {AdaGrad} from "../../../runtime/optimizers/adagrad.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {Momentum} from "../../../runtime/optimizers/momentum.js";
import {OnlineAdam} from "../../../runtime/optimizers/online-adam.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import {RmsProp} from "../../../runtime/optimizers/rmsprop.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";

describe.each([OnlineSgd, OnlineAdam, Sgd, Momentum, AdaGrad, RmsProp, Adam])("$name", (Optimizer) => {
  test.each([0, -0, -1, Number.NaN, Infinity])("refuses a learning rate of %s", (learningRate) => {
    const wanted = `learningRate: expected a number above 0 and below Infinity, found ${learningRate}. Change the option.`;
    expect(() => new Optimizer({learningRate})).toThrow(InputError);
    expect(() => new Optimizer({learningRate})).toThrow(wanted);
  });

  test("refuses options that it doesn't know, or that are none", () => {
    const make = Optimizer as unknown as new (options: unknown) => object;
    expect(() => new make({learningrate: 0.1})).toThrow(
      /^options: expected only learningRate.*, found learningrate\./,
    );
    expect(() => new make(null)).toThrow(/^options: expected an object with learningRate.*, found null\./);
    expect(() => new make({learningRate: "0.1"})).toThrow(InputError);
  });

  test("has a learning rate of its own when none is given", () => {
    expect(new Optimizer().learningRate).toBeGreaterThan(0);
    expect(new Optimizer({}).learningRate).toBe(new Optimizer().learningRate);
  });
});

describe.each([Adam, OnlineAdam])("$name", (Kind) => {
  test.each([
    ["beta1", 1, "a number above 0 and below 1, found 1"],
    ["beta1", 0, "a number above 0 and below 1, found 0"],
    ["beta2", 1, "a number above 0 and below 1, found 1"],
    ["beta2", Number.NaN, "a number above 0 and below 1, found NaN"],
    ["epsilon", 0, "a number above 0 and below Infinity, found 0"],
    ["epsilon", -1e-8, "a number above 0 and below Infinity, found -1e-8"],
  ])("refuses %s %s", (option, value, message) => {
    expect(() => new Kind({[option]: value})).toThrow(`${option}: expected ${message}. Change the option.`);
  });
});

describe("what a share of the past may be", () => {
  const withGamma = (gamma: number) => new Momentum({gamma});
  const withRho = (rho: number) => new RmsProp({rho});
  test.each([
    ["gamma", withGamma],
    ["rho", withRho],
  ])("%s: 0 or more and below 1", (name, make) => {
    for (const value of [0, 0.001, 0.9, 0.999]) expect(() => make(value)).not.toThrow();
    for (const value of [1, -0.1, Number.NaN, Infinity]) {
      expect(() => make(value)).toThrow(
        `${name}: expected a number at or above 0 and below 1, found ${value}. Change the option.`,
      );
    }
  });

  test.each([AdaGrad, RmsProp])("$name refuses an epsilon of 0, which would divide 0 by 0", (Kind) => {
    expect(() => new Kind({epsilon: 0})).toThrow(
      "epsilon: expected a number above 0 and below Infinity, found 0.",
    );
  });
});

test("each optimizer says what it needs: nothing, two states, a gradient, a gradient and one state or two", () => {
  const all = [OnlineSgd, OnlineAdam, Sgd, Momentum, AdaGrad, RmsProp, Adam].map((Kind) => new Kind());
  const needs = all.map(({name, gradients, states}) => [name, gradients, states]);
  expect(needs).toEqual([
    ["online-sgd", 0, 0],
    ["online-adam", 0, 2],
    ["sgd", 1, 0],
    ["momentum", 1, 1],
    ["adagrad", 1, 1],
    ["rmsprop", 1, 1],
    ["adam", 1, 2],
  ]);
});
