import {describe, expect, test} from "vitest";
import {InputError} from "../../../runtime/input-error.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";

describe.each([OnlineSgd, Sgd, Adam])("$name", (Optimizer) => {
  test.each([0, -0, -1, Number.NaN, Infinity])("refuses a learning rate of %s", (learningRate) => {
    const wanted = `learningRate: expected a number above 0 and below Infinity, found ${learningRate}. Change the option.`;
    expect(() => new Optimizer({learningRate})).toThrow(InputError);
    expect(() => new Optimizer({learningRate})).toThrow(wanted);
  });

  test("has a learning rate of its own when none is given", () => {
    expect(new Optimizer().learningRate).toBeGreaterThan(0);
    expect(new Optimizer({}).learningRate).toBe(new Optimizer().learningRate);
  });
});

describe("Adam", () => {
  test.each([
    ["beta1", 1, "a number above 0 and below 1, found 1"],
    ["beta1", 0, "a number above 0 and below 1, found 0"],
    ["beta2", 1, "a number above 0 and below 1, found 1"],
    ["beta2", Number.NaN, "a number above 0 and below 1, found NaN"],
    ["epsilon", 0, "a number above 0 and below Infinity, found 0"],
    ["epsilon", -1e-8, "a number above 0 and below Infinity, found -1e-8"],
  ])("refuses %s %s", (option, value, message) => {
    expect(() => new Adam({[option]: value})).toThrow(`${option}: expected ${message}. Change the option.`);
  });
});

test("each optimizer says what it needs: nothing, a gradient, a gradient and two states", () => {
  const needs = [new OnlineSgd(), new Sgd(), new Adam()].map(({name, gradients, states}) => [
    name,
    gradients,
    states,
  ]);
  expect(needs).toEqual([
    ["online-sgd", 0, 0],
    ["sgd", 1, 0],
    ["adam", 1, 2],
  ]);
});
