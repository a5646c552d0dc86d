import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {MotionStream} from "../../../devices/sensors/motion-stream.js";
import {Network} from "../../../runtime/network.js";
import {SlidingWindow} from "../../../runtime/sliding-window.js";

function open(rate?: number) {
  const {model, image} = compile(
    checkDescription({
      name: "wand",
      input: {axes: ["x"], window: 4, units: "m/s2", statistics: ["mean", "maximum"], ...(rate && {rate})},
      preprocessing: [],
      layers: [{type: "dense", units: 2, activation: "softmax"}],
    }),
    [],
  );
  const network = new Network(model, image);
  if (network.window === undefined) throw new Error("the model has a window");
  return {model, network, window: network.window};
}

/** Puts samples of x. @returns the time of each full window, with its features */
function run(
  stream: MotionStream,
  samples: readonly (readonly [time: number, x: number | undefined])[],
  features: ArrayLike<number>,
): number[][] {
  const full: number[][] = [];
  for (const [time, x] of samples) {
    stream.put(x === undefined ? undefined : {x}, time);
    while (stream.next()) full.push([time, ...Array.from(features)]);
  }
  return full;
}

describe("a motion stream", () => {
  test("fills the network's own window", () => {
    const {model, network, window} = open(50);
    const samples = [1, 2, 3, 4, 5, 5, 5, 5].map((x, k) => [20 * k, x] as const);
    expect(run(new MotionStream(model, window), samples, network.input)).toEqual([
      [60, 2.5, 4],
      [140, 5, 5],
    ]);
  });

  test("bridges samples that are missing, and goes on", () => {
    const {model, network, window} = open(50);
    const samples = [1, undefined, undefined, 4].map((x, k) => [20 * k, x] as const);
    const stream = new MotionStream(model, window);
    expect(run(stream, samples, network.input)).toEqual([[60, 2.5, 4]]);
    expect(stream.reader.missed).toBe(2);
    expect(stream.restarts).toBe(0);
  });

  test("begins the window anew after a long pause, and counts it", () => {
    const {model, network, window} = open(50);
    const samples = [0, 20, 40, 500, 520, 540, 560].map((time, k) => [time, k] as const);
    const stream = new MotionStream(model, window);
    expect(run(stream, samples, network.input)).toEqual([[560, 4.5, 6]]);
    expect(stream.restarts).toBe(1);
  });

  test("fills several windows after one late sample", () => {
    const {model, network} = open(50);
    const window = new SlidingWindow(network, 1);
    const samples = [0, 20, 40, 120].map((time) => [time, time] as const);
    expect(run(new MotionStream(model, window), samples, window.features)).toEqual([
      [120, 30, 60],
      [120, 50, 80],
      [120, 70, 100],
      [120, 90, 120],
    ]);
  });

  test("takes each sample as one where the model has no rate", () => {
    const {model, network, window} = open();
    const samples = [0, 1, 2, 1000].map((time, k) => [time, k] as const);
    expect(run(new MotionStream(model, window), [...samples, [2000, undefined]], network.input)).toEqual([
      [1000, 1.5, 3],
    ]);
  });
});
