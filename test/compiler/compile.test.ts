import {describe, expect, test} from "vitest";
import {compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import type {DescriptionSource} from "../../compiler/description/schema.js";
import {optimizerNames} from "../../compiler/optimizers.js";
import {Network} from "../../runtime/network.js";
import {compileGesture, compileUnits} from "../runtime/small-model.js";
import {randomDescriptions} from "./random-descriptions.js";

test("the same description gives the same bytes and the same module, twice", () => {
  for (const description of randomDescriptions(30)) {
    const again = checkDescription(JSON.parse(JSON.stringify(description)));
    const [one, other] = [description, again].map((source) => compile(source, optimizerNames));
    expect(other.image).toEqual(one.image);
    expect(other.module).toEqual(one.module);
  }
});

test("another seed gives other parameters and nothing else", () => {
  const [one, other] = [1, 2].map((seed) => compileUnits(2, [[2, "softmax"]], "crossEntropy", [], seed));
  expect(other.module).toEqual(one.module);
  expect(other.plans).toEqual(one.plans);
  expect(other.graph.nodes[0].parameters).not.toEqual(one.graph.nodes[0].parameters);
  expect(other.image).not.toEqual(one.image);
});

describe("the generated module", () => {
  test("imports what the model runs and nothing else", () => {
    expect(compileGesture().module.javascript).toBe(
      [
        "// Made by ganglion for gesture.gnl; made anew at each compilation.",
        'import {softmaxCrossEntropy} from "ganglion/losses/softmax-cross-entropy";',
        'import {dense} from "ganglion/ops/dense";',
        'import {relu} from "ganglion/ops/relu";',
        'import {softmax} from "ganglion/ops/softmax";',
        'import {standardize} from "ganglion/preprocessing/standardize";',
        'import {statistics} from "ganglion/preprocessing/statistics";',
        "",
        "export default Object.freeze({",
        "  operators: Object.freeze([dense, relu, softmax]),",
        "  loss: softmaxCrossEntropy,",
        "  collectors: Object.freeze([statistics]),",
        "  transforms: Object.freeze([standardize]),",
        '  sampling: Object.freeze({axes: Object.freeze(["x","y"])}),',
        "});",
        "",
      ].join("\n"),
    );
  });

  test("says what the description says of the samples: of one unit for all, each axis'", () => {
    const source: DescriptionSource = {
      name: "wand",
      input: {axes: ["x", "y"], window: 4, rate: 12.5, units: "g", statistics: ["mean"]},
      layers: [{type: "dense", units: 2, activation: "softmax"}],
    };
    const {module, model} = compile(checkDescription(source), []);
    expect(model.sampling).toEqual({axes: ["x", "y"], units: ["g", "g"], rate: 12.5});
    expect(module.javascript).toContain(
      'Object.freeze({axes: Object.freeze(["x","y"]), units: Object.freeze(["g","g"]), rate: 12.5})',
    );
  });

  test("of a plain regression has a dense layer and a loss, each once however many layers there are", () => {
    const {module} = compileUnits(
      2,
      [
        [3, "linear"],
        [1, "linear"],
      ],
      "meanSquaredError",
      [],
    );
    expect(module.javascript.match(/^import .*$/gm)).toEqual([
      'import {meanSquaredError} from "ganglion/losses/mean-squared-error";',
      'import {dense} from "ganglion/ops/dense";',
    ]);
    expect(module.javascript).toContain("operators: Object.freeze([dense]),");
    expect(module.javascript).toContain("collectors: Object.freeze([]),");
  });

  test("lists a transform once however often the description does, and no transform beside", () => {
    const source: DescriptionSource = {
      name: "twice",
      input: {columns: ["a", "b"]},
      preprocessing: [{type: "clip", features: ["a"]}, "log", {type: "clip", high: 9, features: ["b"]}],
      layers: [{type: "dense", units: 2, activation: "softmax"}],
    };
    const {module} = compile(checkDescription(source), []);
    expect(module.javascript.match(/^import .*preprocessing.*$/gm)).toEqual([
      'import {clip} from "ganglion/preprocessing/clip";',
      'import {log} from "ganglion/preprocessing/log";',
    ]);
    expect(module.javascript).toContain("  transforms: Object.freeze([clip, log]),");
  });

  test("declares the labels as a type, quotes and all", () => {
    const source: DescriptionSource = {
      name: "odd",
      input: {columns: ["a"]},
      layers: [{type: "dense", units: 2, activation: "softmax"}],
      labels: ['say "hi"', "new\nline"],
    };
    const {module} = compile(checkDescription(source), []);
    expect(module.declarations).toContain(String.raw`export type Label = "say \"hi\"" | "new\nline";`);
    expect(compileUnits(1, [[1, "linear"]], "meanSquaredError", []).module.declarations).toContain(
      "export type Label = never;",
    );
  });

  test("lists what compile() links in this process", () => {
    for (const description of randomDescriptions(50)) {
      const {module, model} = compile(description, []);
      const linked = [...model.operators, model.loss, ...model.collectors, ...model.transforms];
      const imported = [...module.javascript.matchAll(/^import \{(\w+)\}/gm)].map(([, name]) => name);
      expect(imported.sort()).toEqual(linked.map(({name}) => name).sort());
    }
  });
});

test("labels in any alphabet come out of the image as they went in", () => {
  const labels = ["Kreis", "круг", "丸", "🙂"];
  const source: DescriptionSource = {
    name: "labels",
    input: {columns: ["a"]},
    layers: [{type: "dense", units: 4, activation: "softmax"}],
    labels,
  };
  const {image, model} = compile(checkDescription(source), []);
  expect(new Network(model, image).labels).toEqual(labels);
});

test("an image holds one plan for optimizers that need the same memory", () => {
  const {plans} = compileUnits(1, [[1, "linear"]], "meanSquaredError", ["sgd", "adam", "sgd"]);
  expect(plans.map(({learning}) => learning)).toEqual([
    undefined,
    {gradients: 1, states: 0},
    {gradients: 1, states: 2},
  ]);
});
