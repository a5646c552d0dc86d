import {describe, expect, test} from "vitest";
import {InputError} from "../../runtime/input-error.js";
import {Learner} from "../../runtime/learner.js";
import type {LearnerOptions} from "../../runtime/learning/learner-options.js";
import {meanSquaredError} from "../../runtime/losses/mean-squared-error.js";
import {Adam} from "../../runtime/optimizers/adam.js";
import {OnlineAdam} from "../../runtime/optimizers/online-adam.js";
import {OnlineSgd} from "../../runtime/optimizers/online-sgd.js";
import {Sgd} from "../../runtime/optimizers/sgd.js";
import {bitsOf, drawer, drawNumbers} from "./reference/draw.js";
import {refusalOf} from "./refusal-of.js";
import {compileGesture, compileUnits} from "./small-model.js";

const {image, model} = compileUnits(
  3,
  [
    [4, "relu"],
    [2, "softmax"],
  ],
  "crossEntropy",
  ["online-sgd", "online-adam", "sgd", "adam"],
);

function learnSome(learner: Learner, count: number): void {
  const draw = drawer(1);
  for (let n = 0; n < count; n++) {
    learner.network.load(drawNumbers(draw, 3));
    learner.learn(n % 2);
  }
}

function parametersOf({network: {arena, plan}}: Learner): Float32Array {
  return arena.slice(plan.parametersAt, plan.parametersAt + plan.learned);
}

test("the label of a single output is its target, which no loss is told by label", () => {
  const one = compileUnits(3, [[1, "sigmoid"]], "binaryCrossEntropy", ["online-sgd"]);
  const {measure} = one.model.loss;
  const byLabel = {
    of: measure,
    measure: () => {
      throw new Error("told");
    },
  };
  const told = new Learner({...one.model, loss: {...one.model.loss, byLabel}}, one.image, new OnlineSgd());
  const plain = new Learner(one.model, one.image, new OnlineSgd());
  expect([told.learn(1), told.learn(0)]).toEqual([plain.learn(1), plain.learn(0)]);
});

describe("a batch", () => {
  test("that is not full leaves the parameters alone until update()", () => {
    const learner = new Learner(model, image, new Sgd(), {batch: 4});
    const start = parametersOf(learner);
    learnSome(learner, 3);
    expect(parametersOf(learner)).toEqual(start);
    expect(learner.pending).toBe(3);
    learner.update();
    expect(parametersOf(learner)).not.toEqual(start);
    expect(learner.pending).toBe(0);
  });

  test("that is partial is the very same as a full batch of that size", () => {
    const partial = new Learner(model, image, new Sgd(), {batch: 100});
    learnSome(partial, 3);
    partial.update();
    const full = new Learner(model, image, new Sgd(), {batch: 3});
    learnSome(full, 3);
    expect(bitsOf(parametersOf(partial))).toEqual(bitsOf(parametersOf(full)));
  });

  test("starts from gradients of 0 each time", () => {
    const learner = new Learner(model, image, new Sgd(), {batch: 2});
    learnSome(learner, 2);
    const {arena, plan} = learner.network;
    expect(arena.slice(plan.gradientsAt, plan.gradientsAt + plan.learned).every((g) => g === 0)).toBe(true);
  });
});

test.each([
  ["online-sgd", () => new OnlineSgd()],
  ["online-adam", () => new OnlineAdam()],
  ["sgd", () => new Sgd()],
  ["adam", () => new Adam()],
])("update() does nothing when no example is pending: %s", (_name, make) => {
  const learner = new Learner(model, image, make());
  learnSome(learner, 5);
  const before = learner.network.arena.slice();
  learner.update();
  learner.update();
  expect(bitsOf(learner.network.arena)).toEqual(bitsOf(before));
  const other = new Learner(model, image, make());
  learnSome(other, 5);
  learnSome(other, 1);
  learnSome(learner, 1);
  expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(parametersOf(other)));
});

test("one label more and the same by targets are the same", () => {
  const byLabel = new Learner(model, image, new OnlineSgd());
  const byTarget = new Learner(model, image, new OnlineSgd());
  byLabel.network.load([1, 2, 3]);
  byTarget.network.load([1, 2, 3]);
  byTarget.target.set([0, 1]);
  expect(byTarget.learnTarget()).toBe(byLabel.learn(1));
  expect(bitsOf(byTarget.network.arena)).toEqual(bitsOf(byLabel.network.arena));
});

test("learning lowers the loss of an example that is shown again and again", () => {
  const learner = new Learner(model, image, new OnlineSgd({learningRate: 0.1}));
  const losses = Array.from({length: 20}, () => {
    learner.network.load([1, -1, 0.5]);
    return learner.learn(1);
  });
  for (let n = 1; n < losses.length; n++) expect(losses[n]).toBeLessThan(losses[n - 1]);
  expect(learner.network.classify()).toBe(1);
});

describe("a learner refuses", () => {
  const whole = "Change the option.";
  test.each([
    [0, `batch: expected a whole number from 1, found 0. ${whole}`],
    [-1, `batch: expected a whole number from 1, found -1. ${whole}`],
    [1.5, `batch: expected a whole number from 1, found 1.5. ${whole}`],
    [Number.NaN, `batch: expected a whole number from 1, found NaN. ${whole}`],
    [Infinity, `batch: expected a whole number from 1, found Infinity. ${whole}`],
  ])("a batch of %s", (batch, message) => {
    expect(() => new Learner(model, image, new Sgd(), {batch})).toThrow(message);
    expect(() => new Learner(model, image, new Sgd(), {batch})).toThrow(InputError);
  });

  const switches = ["guard", "keepBest", "watchNeurons"];
  test.each<[string, unknown, string]>([
    ["seed", 0.5, `a whole number, found 0.5. ${whole}`],
    ["seed", Number.NaN, `a whole number, found NaN. ${whole}`],
    ...["clipValue", "clipNorm"].flatMap((option) =>
      [0, -1, Number.NaN, Infinity, "1"].map((value): [string, unknown, string] => [
        option,
        value,
        `a number above 0 and below Infinity, found ${value}. ${whole}`,
      ]),
    ),
    ...switches.map((option): [string, unknown, string] => [
      option,
      "yes",
      `true or false, found yes. ${whole}`,
    ]),
    ...["steps", null, 3].map((value): [string, unknown, string] => [
      "schedule",
      value,
      `a schedule such as new InverseTime({decay: 0.01}), found ${value}. Make one with new.`,
    ]),
    ...[0, 3, -1, 1.5, Number.NaN, null].map((value): [string, unknown, string] => [
      "layers",
      value,
      `a whole number from 1 to 2, found ${value}. Say how many layers learn, counted from the last, or leave the option out.`,
    ]),
  ])("%s %s", (option, value, message) => {
    const options = {[option]: value} as LearnerOptions;
    expect(refusalOf(() => new Learner(model, image, new Sgd(), options))).toBe(
      `${option}: expected ${message}`,
    );
  });

  test("an option that it doesn't know, and options that are none", () => {
    const known = "batch, layers, schedule, clipValue, clipNorm, guard, keepBest, watchNeurons, seed";
    const misspelt = {clipvalue: 1} as LearnerOptions;
    expect(refusalOf(() => new Learner(model, image, new Sgd(), misspelt))).toBe(
      `options: expected only ${known}, found clipvalue. Correct the name, or leave it out.`,
    );
    const none = null as unknown as LearnerOptions;
    expect(refusalOf(() => new Learner(model, image, new Sgd(), none))).toBe(
      `options: expected an object with ${known}, found null. Hand the options in as an object, as {name: value}.`,
    );
  });

  test.each(
    ["clipValue", "clipNorm"].flatMap((option) => [
      [option, "online-sgd", new OnlineSgd(), "new Sgd()"] as const,
      [option, "online-adam", new OnlineAdam(), "new Adam()"] as const,
    ]),
  )("%s for %s, which keeps no gradients", (option, name, optimizer, other) => {
    expect(refusalOf(() => new Learner(model, image, optimizer, {[option]: 0.5}))).toBe(
      `${option}: expected nothing for ${name}, which keeps no gradients, found 0.5. ` +
        `Take ${other}, which with a batch of 1 learns from each example too.`,
    );
  });

  test("a last layer alone where the image holds no plan for it, naming what there is", () => {
    expect(refusalOf(() => new Learner(model, image, new Sgd(), {layers: 1}))).toBe(
      "image: plans: expected learning from operator 2 on with 0 states and 1 gradient a parameter, found inference, " +
        "learning with 0 states and 0 gradients a parameter, learning with 2 states and 0 gradients a parameter, " +
        "learning with 0 states and 1 gradient a parameter, learning with 2 states and 1 gradient a parameter. Compile the model for this way of learning too.",
    );
  });

  test("a batch for online-sgd, which keeps no gradients", () => {
    expect(() => new Learner(model, image, new OnlineSgd(), {batch: 2})).toThrow(
      "batch: expected 1 for online-sgd, which keeps no gradients, found 2. Leave the option out or take another optimizer.",
    );
  });

  test("an optimizer that the image was not compiled for, naming what there is", () => {
    const other = compileUnits(3, [[2, "softmax"]], "crossEntropy", ["online-sgd", "sgd"]);
    expect(() => new Learner(other.model, other.image, new Adam())).toThrow(
      "image: plans: expected learning with 2 states and 1 gradient a parameter, found inference, " +
        "learning with 0 states and 0 gradients a parameter, learning with 0 states and 1 gradient a parameter. " +
        "Compile the model for this way of learning too.",
    );
  });

  test("a module with another loss than the image's", () => {
    expect(() => new Learner({...model, loss: meanSquaredError}, image, new Sgd())).toThrow(
      "image: loss: expected code 1, found meanSquaredError, code 3, in the module. " +
        "Take the module that was compiled together with the image.",
    );
  });
});

describe("what would ruin a network in silence is refused", () => {
  const {image, model} = compileGesture(["online-sgd", "adam"]);

  test.each([
    ...[-1, 2, 99, 0.5, Number.NaN, Infinity].map((label) => [label, `${label}`] as const),
    ...[true, "", "1", [], [1]].map((label) => [label, `a value of type ${typeof label}`] as const),
    [null, "a value of type object"] as const,
    [undefined, "a value of type undefined"] as const,
  ])("the label %j, and nothing is learned", (label, found) => {
    const learner = new Learner(model, image, new OnlineSgd());
    const before = learner.network.arena.slice();
    expect(refusalOf(() => learner.learn(label as number))).toBe(
      `learn(label): expected a whole number from 0 to 1, found ${found}. Check the label first.`,
    );
    expect(learner.network.arena).toEqual(before);
  });

  test("an optimizer's name or class in the place of one that was made", () => {
    for (const wrong of ["adam", Adam, undefined]) {
      // @ts-expect-error that is what a user might hand in
      expect(() => new Learner(model, image, wrong)).toThrow(
        "optimizer: expected an optimizer such as new Adam()",
      );
    }
  });
});

test("a learner that was reset learns as a new one does", () => {
  const {image, model} = compileGesture(["online-sgd", "adam"]);
  const learn = (learner: Learner): Float32Array => {
    for (let step = 0; step < 5; step++) {
      learner.network.load([step, 1, -1, 0.5]);
      learner.learn(step % 2);
    }
    return learner.network.arena.slice();
  };
  const make = () => new Learner(model, image, new Adam({learningRate: 0.1}), {batch: 2});
  const learner = make();
  learn(learner);
  learner.reset();
  expect(learn(learner)).toEqual(learn(make()));
});
