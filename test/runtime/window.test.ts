import {describe, expect, test} from "vitest";
import {InputError} from "../../runtime/input-error.js";
import {Network} from "../../runtime/network.js";
import type {Window} from "../../runtime/window.js";
import {compileGesture, compileUnits} from "./small-model.js";

/** Windows of 5 samples on 2 axes; features are mean and trend of each. */
const {image, model} = compileGesture();

function open(): {network: Network; window: Window} {
  const network = new Network(model, image);
  if (network.window === undefined) throw new Error("the model has a window");
  return {network, window: network.window};
}

function add(window: Window, x: number, y: number): boolean {
  window.sample[0] = x;
  window.sample[1] = y;
  return window.add();
}

describe("a window", () => {
  test("is full exactly at its length, again and again", () => {
    const {window} = open();
    const full = Array.from({length: 15}, (_, t) => add(window, t, -t));
    expect(full.map((is, t) => (is ? t : -1)).filter((t) => t >= 0)).toEqual([4, 9, 14]);
  });

  test("puts its features into the network's input when full, not before, and nothing of the window before", () => {
    const {network, window} = open();
    for (let t = 0; t < 5; t++) add(window, 100, 100);
    for (let t = 0; t < 4; t++) add(window, t, 10 - 2 * t);
    expect([...network.input]).toEqual([100, 0, 100, 0]);
    expect(window.count).toBe(4);
    add(window, 4, 2);
    // Trends: slopes of 1 and -2 a sample, over 5 samples.
    expect([...network.input]).toEqual([2, 5, 6, -10]);
    expect(window.count).toBe(0);
  });

  test("ends early on demand", () => {
    const {network, window} = open();
    add(window, 1, 3);
    add(window, 3, 3);
    window.finish();
    expect([...network.input]).toEqual([2, 4, 3, 0]);
    expect(window.count).toBe(0);
  });

  test("refuses to end without a sample", () => {
    const {window} = open();
    const wanted = "window.finish(): expected 1 sample or more in the window, found 0. Call add() first.";
    expect(() => window.finish()).toThrow(wanted);
    expect(() => window.finish()).toThrow(InputError);
    for (let t = 0; t < 5; t++) add(window, t, t);
    expect(() => window.finish()).toThrow(wanted);
  });

  test("takes another length between two windows", () => {
    const {window} = open();
    window.length = 2;
    expect([add(window, 1, 1), add(window, 1, 1), add(window, 1, 1)]).toEqual([false, true, false]);
  });

  test("survives running the network between two samples", () => {
    const calm = open();
    const busy = open();
    for (let t = 0; t < 5; t++) {
      add(calm.window, Math.sin(t), t);
      busy.network.classify();
      add(busy.window, Math.sin(t), t);
    }
    expect(busy.network.input).toEqual(calm.network.input);
  });
});

test("a model on ready-made features has no window", () => {
  const {image, model} = compileUnits(2, [[2, "softmax"]], "crossEntropy", []);
  expect(new Network(model, image).window).toBeUndefined();
});
