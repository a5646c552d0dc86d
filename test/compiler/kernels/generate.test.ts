import {expect, test} from "vitest";
import {type Compiled, compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {chooseUnder} from "../../../compiler/kernels/choose.js";
import type {KernelSet} from "../../../compiler/kernels/kernel-set.js";
import {makeOptimizer} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import {Network} from "../../../runtime/network.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {lastingOf} from "./kernel-sets.js";
import {loadModule} from "./load-module.js";

function compileGenerated(flashBudget: number, seed = 1, kernels: KernelSet = "generated"): Compiled {
  const description = checkDescription({
    name: "small",
    input: {columns: ["a", "b", "c", "d"]},
    preprocessing: [],
    layers: [
      {type: "dense", units: 12, activation: "relu"},
      {type: "dense", units: 3, activation: "softmax"},
    ],
    training: {seed},
  });
  return compile(description, ["online-sgd", "sgd"], undefined, undefined, {
    kernels,
    flashBudget,
  });
}

test("an image is refused by kernels that were made for another one, whose weights stand in their code", async () => {
  const one = compileGenerated(Infinity);
  const other = compileGenerated(Infinity, 2);
  const model = await loadModule(one.module.javascript);
  expect(() => new Network(model, one.image)).not.toThrow();
  expect(refusalOf(() => new Network(model, other.image))).toMatch(
    /^image: CRC-32: expected 0x[0-9a-f]+, for which the module's kernels were made, found 0x[0-9a-f]+\. Take the module/,
  );
});

test("generated code never takes more flash than its budget, and what it has no room for stays portable", () => {
  const {generated: all} = compileGenerated(Infinity);
  const whole = all?.flashBytes ?? 0;
  for (const budget of [0, 300, whole / 2, whole - 1, whole]) {
    const {generated: kernels, module} = compileGenerated(budget);
    expect(kernels?.flashBytes).toBeLessThanOrEqual(budget);
    const left = kernels?.report.filter(({taken, savedBytecodes}) => !taken && savedBytecodes > 0);
    expect(left?.length === 0).toBe(budget === whole);
    for (const {method, taken} of kernels?.report ?? [])
      if (taken) expect(module.javascript).toContain(`function ${method}`);
  }
  expect(compileGenerated(0).module.javascript).not.toContain("function");
});

test("a budget that is no number is refused, and so is a set of kernels that nobody knows", () => {
  for (const budget of [Number.NaN, -1, undefined as unknown as number])
    expect(refusalOf(() => compileGenerated(budget))).toMatch(/^flashBudget: expected bytes from 0 up/);
  expect(refusalOf(() => compileGenerated(1, 1, "fast" as KernelSet))).toMatch(
    /^kernels: expected one of portable, generated, native, native-single, auto, found fast/,
  );
});

test("a budget goes to what saves most a byte, and smaller code may follow what has no room", () => {
  const small = {bytes: 10, saved: 30};
  const large = {bytes: 100, saved: 400};
  const worse = {bytes: 20, saved: 20};
  const useless = {bytes: 1, saved: 0};
  expect(chooseUnder([small, large, worse, useless], 1000)).toEqual([small, large, worse]);
  expect(chooseUnder([small, large, worse, useless], 115)).toEqual([small, large]);
  expect(chooseUnder([small, large, worse, useless], 99)).toEqual([small, worse]);
});

test("plans share the code of what is the same in them: a way of learning more adds what it alone calls", () => {
  const {generated} = compileGenerated(Infinity);
  const first = generated?.report.filter(({layer}) => layer === "layers[0] dense") ?? [];
  expect(first.map(({method, plans}) => `${method}: ${plans.join(", ")}`)).toEqual([
    "forward: inference",
    "forward: online-sgd, sgd",
    "learn: online-sgd",
    "addGradients: sgd",
  ]);
});

test("the same model gives the same module, with kernels too", () => {
  expect(compileGenerated(Infinity).module).toEqual(compileGenerated(Infinity).module);
});

test("one function calls all layers, leaves out those that have nothing left to do, and calls the portable ones where nothing was generated", () => {
  const waysUnder = (budget: number) =>
    compileGenerated(budget).module.javascript.match(/^function \w+All[\s\S]*?^}/gm) ?? [];
  // Dense, ReLU, dense and softmax; the first layer does its ReLU's work, and the loss the softmax's way back.
  expect(waysUnder(Infinity).map((text) => text.replace(/\d+\(/g, "("))).toEqual([
    "function forwardAll(steps) {\n  forward(steps[0]);\n  forward(steps[2]);\n  forward(steps[3]);\n}",
    "function forwardAll(steps) {\n  forward(steps[0]);\n  forward(steps[2]);\n  forward(steps[3]);\n}",
    "function backwardAll(steps, rate) {\n  learn(steps[2], rate);\n  learn(steps[0], rate);\n}",
    "function backwardAll(steps, rate) {\n  addGradients(steps[2]);\n  backward(steps[2]);\n  backward(steps[1]);\n  addGradients(steps[0]);\n}",
  ]);
  // It depends on the budget whether what the layers leave of it has room for a call of all.
  expect([1000, 2000, 3000, 4000, 5000].flatMap(waysUnder).join("\n")).toMatch(/^ {2}dense\.\w+\(steps/m);
});

test.each(["online-sgd", "sgd"] as const)(
  "with %s what some layers have generated code for learns as all do, whatever the budget had room for",
  async (optimizer) => {
    const endUnder = async (budget: number) => {
      const {image, module} = compileGenerated(budget);
      const made = makeOptimizer(optimizer, {learningRate: 0.1});
      const learner = new Learner(await loadModule(module.javascript), image, made, {
        batch: made.gradients + 1,
      });
      const draw = drawer(5);
      for (let n = 0; n < 12; n++) {
        learner.network.load(drawNumbers(draw, 4, 2));
        learner.learn(n % 3);
      }
      return bitsOf(lastingOf(learner.network));
    };
    const wanted = await endUnder(0);
    for (let budget = 200; budget < 6000; budget += 200) expect(await endUnder(budget)).toEqual(wanted);
  },
);
