import {describe, expect, test} from "vitest";
import {Learner} from "../../runtime/learner.js";
import {Network} from "../../runtime/network.js";
import {OnlineSgd} from "../../runtime/optimizers/online-sgd.js";
import {bitsOf, drawer, drawNumbers} from "./reference/draw.js";
import {compileGesture, compileUnits} from "./small-model.js";

const {image, model} = compileGesture();
const FEATURES = [0.5, -1, 2, 0.25];

function outputsOf(network: Network): Float32Array {
  network.load(FEATURES);
  network.predict();
  return network.output.slice();
}

describe("an image opens", () => {
  const wanted = outputsOf(new Network(model, image));

  test("from an ArrayBuffer", () => {
    expect(outputsOf(new Network(model, image.buffer))).toEqual(wanted);
  });

  test("from a view that begins at a multiple of 4, with other bytes around", () => {
    const bytes = new Uint8Array(image.length + 11).fill(0xaa);
    bytes.set(image, 4);
    expect(outputsOf(new Network(model, bytes.subarray(4, 4 + image.length)))).toEqual(wanted);
    expect(outputsOf(new Network(model, new DataView(bytes.buffer, 4, image.length)))).toEqual(wanted);
  });

  test.each([1, 2, 3])("not from a view that begins at %i", (offset) => {
    const bytes = new Uint8Array(image.length + offset);
    bytes.set(image, offset);
    expect(() => new Network(model, bytes.subarray(offset))).toThrow(
      `image: address: expected a multiple of 4, found ${offset}. Copy the bytes into an ArrayBuffer of their own.`,
    );
  });

  test("without a byte of it being changed by running and learning", () => {
    const before = image.slice();
    outputsOf(new Network(model, image));
    const gesture = compileGesture(["online-sgd"]);
    const own = gesture.image.slice();
    const learner = new Learner(gesture.model, gesture.image, new OnlineSgd());
    learner.network.load(FEATURES);
    learner.learn(1);
    expect(image).toEqual(before);
    expect(gesture.image).toEqual(own);
  });
});

test("labels come out as they were described, whatever the alphabet", () => {
  expect(new Network(model, image).labels).toEqual(["left", "right"]);
  expect(compileUnits(1, [[2, "linear"]], "meanSquaredError", []).model).toBeDefined();
  const unnamed = compileUnits(1, [[2, "linear"]], "meanSquaredError", []);
  expect(new Network(unnamed.model, unnamed.image).labels).toEqual([]);
});

test("a network of one unit computes bias + weight * input", () => {
  const {image, model} = compileUnits(1, [[1, "linear"]], "meanSquaredError", ["online-sgd"]);
  const {network} = new Learner(model, image, new OnlineSgd());
  network.arena.set([3, 10], network.plan.parametersAt);
  network.load([4]);
  network.predict();
  expect([...network.output]).toEqual([22]);
});

test("classify() gives the first of equal outputs", () => {
  const {image, model} = compileUnits(2, [[3, "linear"]], "meanSquaredError", ["online-sgd"]);
  const {network} = new Learner(model, image, new OnlineSgd());
  network.arena.fill(0, network.plan.parametersAt, network.plan.parametersAt + network.plan.learned);
  expect(network.classify()).toBe(0);
  network.arena.set([0, 7, 7], network.plan.parametersAt + 6);
  expect(network.classify()).toBe(1);
});

test("an inference arena and a learning arena give the same bits", () => {
  const {image, model} = compileGesture(["online-sgd", "adam"]);
  const inference = outputsOf(new Network(model, image));
  expect(bitsOf(outputsOf(new Learner(model, image, new OnlineSgd()).network))).toEqual(bitsOf(inference));
});

test("reset() brings back the very first arena after learning", () => {
  const {image, model} = compileGesture(["online-sgd"]);
  const learner = new Learner(model, image, new OnlineSgd());
  const {network} = learner;
  const before = network.arena.slice();
  network.load(FEATURES);
  learner.learn(0);
  expect(bitsOf(network.arena)).not.toEqual(bitsOf(before));
  network.reset();
  expect(bitsOf(network.arena)).toEqual(bitsOf(before));
});

test("a network that went NaN shows it in every output", () => {
  const network = new Network(model, image);
  network.load([Number.NaN, 0, 0, 0]);
  network.predict();
  expect([...network.output]).toEqual([Number.NaN, Number.NaN]);
});

test("the input stays as it was loaded, whatever ran since", () => {
  const draw = drawer(9);
  const {image, model} = compileUnits(
    6,
    [
      [5, "relu"],
      [4, "sigmoid"],
      [3, "softmax"],
    ],
    "crossEntropy",
    ["online-sgd"],
  );
  const learner = new Learner(model, image, new OnlineSgd());
  const features = drawNumbers(draw, 6);
  learner.network.load(features);
  learner.learn(2);
  learner.network.predict();
  expect(learner.network.input).toEqual(features);
});

test("classify() gives -1 when the network's outputs are not numbers", () => {
  const network = new Network(model, image);
  network.load([Number.NaN, 0, 0, 0]);
  expect(network.classify()).toBe(-1);
});

test("a model that isn't a compiled module's export is refused", () => {
  for (const wrong of [undefined, {}, {default: model}]) {
    // @ts-expect-error that is what a user might hand in
    expect(() => new Network(wrong, image)).toThrow(
      "model: expected what a compiled module exports by default",
    );
  }
});
