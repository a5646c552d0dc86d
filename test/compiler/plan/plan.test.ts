import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {parametersOf} from "../../../compiler/graph/graph.js";
import {writeImage} from "../../../compiler/image/write.js";
import {makeOptimizer, optimizerNames} from "../../../compiler/optimizers.js";
import {lowerBound, place} from "../../../compiler/plan/place.js";
import type {MemoryPlan} from "../../../compiler/plan/plan.js";
import {reportOf} from "../../../compiler/report.js";
import {Learner} from "../../../runtime/learner.js";
import {Network} from "../../../runtime/network.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {randomDescriptions} from "../random-descriptions.js";

const compiled = randomDescriptions(300).map((description) => compile(description, optimizerNames));

describe("the plans of 300 random networks, for inference and each optimizer", () => {
  test("never put two buffers that are alive at one moment in one place, nor any on the parameters", () => {
    for (const {plans} of compiled) {
      // Optimizers that need the same memory share a plan.
      expect(plans.flatMap(({name}) => name.split(", "))).toEqual(["inference", ...optimizerNames]);
      expect(plans).toHaveLength(5);
      for (const {buffers, arenaSize, learned, learning} of plans) {
        const held = learning === undefined ? 0 : learned * (1 + learning.gradients + learning.states);
        buffers.forEach((one, k) => {
          expect(one.at).toBeGreaterThanOrEqual(held);
          expect(one.at + one.size).toBeLessThanOrEqual(arenaSize);
          for (const other of buffers.slice(k + 1)) {
            const together = one.from <= other.to && other.from <= one.to;
            const shared = one.at < other.at + other.size && other.at < one.at + one.size;
            if (together && shared) throw new Error(`${one.name} and ${other.name} share a place`);
          }
        });
      }
    }
  });

  test("keep alive all that is read later: the bits are those of a plan that shares nothing", () => {
    for (const {graph, stages, plans, model, image} of compiled) {
      const apart = plans.map(withoutSharing);
      const roomy = writeImage({graph, stages, plans: apart, labels: [], metadata: {}});
      for (const use of [undefined, ...optimizerNames]) {
        const [tight, wide] = [image, roomy].map((bytes) => results(bytes));
        expect(tight, use ?? "inference").toEqual(wide);

        function results(bytes: Uint8Array): number[][] {
          const learner = use && new Learner(model, bytes, makeOptimizer(use));
          const network = learner?.network ?? new Network(model, bytes);
          const draw = drawer(1);
          const all: number[][] = [];
          for (let step = 0; step < 3; step++) {
            network.load(drawNumbers(draw, network.input.length));
            if (learner === undefined) network.predict();
            else learner.learn(step % network.output.length);
            all.push(bitsOf(network.output), bitsOf(network.input));
          }
          const {parametersAt, learned} = network.plan;
          all.push(bitsOf(network.arena.subarray(parametersAt, parametersAt + learned)));
          return all;
        }
      }
    }
  });

  test("reach the least that any plan could, for inference and for learning", () => {
    for (const {plans} of compiled)
      for (const {arenaSize, lowerBound, name} of plans) expect(arenaSize, name).toBe(lowerBound);
  });

  test("take to the byte what the report says", () => {
    for (const one of compiled) {
      const {arenas, parameters, imageBytes} = reportOf(one);
      expect(imageBytes).toBe(one.image.length);
      expect(parameters).toBe(parametersOf(one.graph).length);
      const taken = optimizerNames.map(
        (name) => new Learner(one.model, one.image, makeOptimizer(name)).network.arenaBytes,
      );
      expect(arenas.map(({use}) => use)).toEqual(["inference", ...optimizerNames]);
      const inference = new Network(one.model, one.image).arenaBytes;
      expect(arenas.map(({bytes}) => bytes)).toEqual([inference, ...taken]);
      expect(arenas.every(({inImage}) => inImage)).toBe(true);
    }
  });

  test("take to the byte what the report says where the last layer alone learns", () => {
    for (const {description} of compiled) {
      const one = compile(description, [{optimizer: "adam", layers: 1}]);
      const last = reportOf(one).arenas.find(({use}) => use === "adam on the last layer");
      const learner = new Learner(one.model, one.image, makeOptimizer("adam"), {layers: 1});
      expect(last).toMatchObject({bytes: learner.network.arenaBytes, inImage: true});
    }
  });
});

/** @returns the same plan with every buffer in a place of its own */
function withoutSharing(plan: MemoryPlan): MemoryPlan {
  let end = plan.buffers.reduce((least, {at}) => Math.min(least, at), plan.arenaSize);
  const moved = plan.buffers.map(({at, size}) => {
    const to = end;
    end += size;
    return {at, size, to};
  });
  // Places are looked up by buffer, as two buffers may share a place.
  const {outputs, deltas} = buffersOfNodes(plan);
  const input = plan.buffers.findIndex(({name}) => name === "input");
  const window = plan.buffers.findIndex(({name}) => name === "window");
  return {
    ...plan,
    arenaSize: end,
    inputAt: moved[input].to,
    windowAt: window < 0 ? -1 : moved[window].to,
    outputsAt: outputs.map((k) => moved[k].to),
    deltasAt: deltas.map((k) => (k < 0 ? -1 : moved[k].to)),
    masksAt: plan.masksAt.map((at) =>
      at < 0
        ? -1
        : moved[plan.buffers.findIndex((buffer) => buffer.at === at && /^mask/.test(buffer.name))].to,
    ),
  };
}

/** Which buffer each node writes: outputs come in order, and a node that works in place has that of the one before. */
function buffersOfNodes({buffers, outputsAt, deltasAt}: MemoryPlan): {outputs: number[]; deltas: number[]} {
  const indices = (pattern: RegExp) => [...buffers.keys()].filter((k) => pattern.test(buffers[k].name));
  const outputsInOrder = indices(/^output/);
  const deltasInOrder = indices(/deltas/);
  const outputs: number[] = [];
  let group = -1;
  outputsAt.forEach((_, k) => {
    const next = outputsInOrder[group + 1];
    if (next !== undefined && buffers[next].from === k) group++;
    outputs.push(outputsInOrder[group]);
  });
  const deltas = outputs.map((output, k) =>
    deltasAt[k] < 0 ? -1 : deltasInOrder[outputsInOrder.indexOf(output)],
  );
  return {outputs, deltas};
}

describe("the floor for 24-16-3 on eight statistics of three axes", () => {
  const description = checkDescription({
    name: "gesture",
    input: {
      axes: ["x", "y", "z"],
      window: 100,
      statistics: [
        "mean",
        "standardDeviation",
        "minimum",
        "maximum",
        "timeOfMinimum",
        "timeOfMaximum",
        "trend",
        "meanCrossings",
      ],
    },
    layers: [
      {type: "dense", units: 16, activation: "relu"},
      {type: "dense", units: 3, activation: "softmax"},
    ],
  });
  const {arenas, parameters, multiplications} = reportOf(compile(description, []));

  test.each([
    ["inference", 400],
    ["online-sgd", 2200],
    ["sgd", 4000],
    ["momentum", 5800],
    ["adagrad", 5800],
    ["rmsprop", 5800],
    ["adam", 7700],
  ])("%s takes no more than %i bytes", (use, most) => {
    const arena = arenas.find((one) => one.use === use);
    expect(arena?.bytes).toBeLessThanOrEqual(most);
    expect(arena?.inImage).toBe(use === "inference");
  });

  test("has 451 parameters and 432 multiplications", () => {
    expect([parameters, multiplications]).toEqual([451, 432]);
  });
});

describe("placing buffers by hand", () => {
  const buffer = (name: string, size: number, from: number, to: number) => ({name, size, from, to});

  test("buffers that follow each other share a place", () => {
    expect(place([buffer("a", 4, 0, 1), buffer("b", 6, 2, 3)])).toEqual({offsets: [0, 0], size: 6});
  });

  test("buffers that meet at one moment don't", () => {
    expect(place([buffer("a", 4, 0, 2), buffer("b", 6, 2, 3)])).toEqual({offsets: [6, 0], size: 10});
  });

  test("a small one goes into the gap that a dead one left", () => {
    const buffers = [buffer("a", 8, 0, 9), buffer("b", 6, 0, 3), buffer("c", 4, 4, 9), buffer("d", 2, 4, 9)];
    expect(place(buffers)).toEqual({offsets: [0, 8, 8, 12], size: 14});
    expect(lowerBound(buffers)).toBe(14);
  });
});
