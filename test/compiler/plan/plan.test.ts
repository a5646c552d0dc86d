import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {parametersOf} from "../../../compiler/graph/graph.js";
import {writeImage} from "../../../compiler/image/write.js";
import {makeOptimizer, type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {lowerBound, place} from "../../../compiler/plan/place.js";
import {type MemoryPlan, planMemory} from "../../../compiler/plan/plan.js";
import {windowSize} from "../../../compiler/preprocessing/stages.js";
import {reportOf} from "../../../compiler/report.js";
import {GESTURE_STATISTICS} from "../../../host-sim/recordings/gesture-statistics.js";
import {Learner} from "../../../runtime/learner.js";
import type {LearnerOptions} from "../../../runtime/learning/learner-options.js";
import {Network} from "../../../runtime/network.js";
import {parametersOf as parametersLearned} from "../../runtime/learning/ways.js";
import {bitsOf, drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {refusalOf} from "../../runtime/refusal-of.js";
import {compileUnits} from "../../runtime/small-model.js";
import {randomDescriptions} from "../random-descriptions.js";

const compiled = randomDescriptions(500).map((description) => compile(description, optimizerNames));

describe("the plans of 500 random networks, for inference and each optimizer", () => {
  test("never put two buffers that are alive at one moment in one place, nor any on the parameters", () => {
    for (const {plans} of compiled) {
      // Optimizers that need the same memory share a plan.
      expect(plans.flatMap(({name}) => name.split(", "))).toEqual(["inference", ...optimizerNames]);
      expect(plans).toHaveLength(6);
      plans.forEach(expectApart);
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
          return bitsOfThreeSteps(learner?.network ?? new Network(model, bytes), learner);
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
      const taken = arenas.map(({use}) =>
        use === "inference"
          ? new Network(one.model, one.image).arenaBytes
          : new Learner(one.model, one.image, makeOptimizer(use as OptimizerName)).network.arenaBytes,
      );
      expect(arenas.map(({bytes}) => bytes)).toEqual(taken);
      expect(arenas.every(({inImage}) => inImage)).toBe(true);
    }
  });
});

/** The last 1, 2, ... layers of each network, but for those in which that is all. */
const partly = compiled
  .filter(({description}) => description.layers.length > 1)
  .map(({description}, index) => {
    const layers = 1 + (index % (description.layers.length - 1));
    const ways = (["online-sgd", "online-adam", "sgd", "adam"] as const).map((optimizer) => ({
      optimizer,
      layers,
    }));
    return {...compile(description, ways), layers, ways};
  });

describe("the plans in which only the last layers learn", () => {
  test("place their buffers apart, never below the least, and smaller than those of all layers", () => {
    expect(partly.length).toBeGreaterThan(200);
    for (const one of partly) {
      expect(one.plans).toHaveLength(5);
      for (const plan of one.plans.slice(1)) {
        expectApart(plan);
        expect(plan.arenaSize).toBeGreaterThanOrEqual(plan.lowerBound);
        const all = planMemory(one.graph, windowSize(one.description.input), "all", {
          gradients: plan.learning?.gradients ?? 0,
          states: plan.learning?.states ?? 0,
        });
        expect(plan.arenaSize).toBeLessThan(all.arenaSize);
      }
    }
  });

  test("keep alive all that is read later: the bits are those of a plan that shares nothing", () => {
    for (const {graph, stages, plans, model, image, ways} of partly) {
      const apart = plans.map(withoutSharing);
      const roomy = writeImage({graph, stages, plans: apart, labels: [], metadata: {}});
      for (const {optimizer, layers} of ways) {
        const [tight, wide] = [image, roomy].map((bytes) => {
          const learner = new Learner(model, bytes, makeOptimizer(optimizer), {layers});
          return bitsOfThreeSteps(learner.network, learner);
        });
        expect(tight, optimizer).toEqual(wide);
      }
    }
  });

  test("take to the byte what the report says, with room for the best parameters and the neurons' bits", () => {
    for (const one of [...partly, ...compiled.map((all) => ({...all, layers: undefined}))]) {
      const {layers} = one;
      const {arenas} = reportOf(one);
      const ours = arenas.filter(({use}) => /on the last/.test(use));
      expect(ours.map(({use}) => use)).toEqual(
        layers === undefined ? [] : one.plans.slice(1).map(({name}) => name),
      );
      const learning = layers === undefined ? arenas.slice(1) : ours;
      for (const {use, bytes, inImage, keepBestBytes, watchNeuronsBytes} of learning) {
        const optimizer = makeOptimizer(use.split(" ")[0] as OptimizerName);
        const bytesWith = (options: LearnerOptions) =>
          new Learner(one.model, one.image, optimizer, {layers, ...options}).network.arenaBytes;
        expect(inImage).toBe(true);
        expect(bytesWith({})).toBe(bytes);
        expect(bytesWith({keepBest: true})).toBe(bytes + keepBestBytes);
        expect(bytesWith({watchNeurons: true})).toBe(bytes + watchNeuronsBytes);
        expect(bytesWith({keepBest: true, watchNeurons: true})).toBe(
          bytes + keepBestBytes + watchNeuronsBytes,
        );
      }
    }
  });

  test("learn what all layers learn when those before are put back after each step, and leave the image alone", () => {
    for (const {description, layers, ways} of partly) {
      // Dropout is off in layers that don't learn, and would be on there in the other learner.
      const plain = description.layers.map((layer) => ({...layer, dropout: 0, l1: 2 ** -8, biasL2: 2 ** -6}));
      const {image, model} = compile({...description, layers: plain}, [
        ...ways,
        ...ways.map((way) => way.optimizer),
      ]);
      const before = image.slice();
      for (const {optimizer} of ways) {
        const part = new Learner(model, image, makeOptimizer(optimizer, {learningRate: 0.01}), {layers});
        const all = new Learner(model, image, makeOptimizer(optimizer, {learningRate: 0.01}));
        const {parametersAt, learned} = all.network.plan;
        const frozen = learned - part.network.plan.learned;
        const start = all.network.arena.slice(parametersAt, parametersAt + frozen);
        const draw = drawer(layers);
        for (let step = 0; step < 4; step++) {
          const input = drawNumbers(draw, part.network.input.length);
          const label = step % Math.max(2, part.target.length);
          part.network.load(input);
          all.network.load(input);
          part.learn(label);
          all.learn(label);
          all.network.arena.set(start, parametersAt);
          expect(bitsOf(part.network.output)).toEqual(bitsOf(all.network.output));
          expect(part.dataLoss).toBe(all.dataLoss);
        }
        expect(bitsOf(parametersLearned(part))).toEqual(bitsOf(parametersLearned(all).slice(frozen)));
      }
      expect(image).toEqual(before);
    }
  });

  test.each([
    [0, "0"],
    [3, "3"],
    [1.5, "1.5"],
    [Number.NaN, "NaN"],
  ])("are refused for %d of two layers", (layers, found) => {
    const two = compileUnits(
      2,
      [
        [2, "relu"],
        [2, "softmax"],
      ],
      "crossEntropy",
      [],
    );
    expect(refusalOf(() => compile(two.description, [{optimizer: "sgd", layers}]))).toBe(
      `learning: layers: expected a whole number from 1 to 2, found ${found}. Say how many layers learn, counted from the last.`,
    );
  });
});

function expectApart({buffers, arenaSize, learned, learning}: MemoryPlan): void {
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

/** @returns outputs and inputs of three steps of learning, or of running, and the parameters after them */
function bitsOfThreeSteps(network: Network, learner: Learner | undefined): number[][] {
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
  // Layers that don't learn come first, and have none.
  const withoutDeltas = outputsInOrder.length - deltasInOrder.length;
  const deltas = outputs.map((output, k) =>
    deltasAt[k] < 0 ? -1 : deltasInOrder[outputsInOrder.indexOf(output) - withoutDeltas],
  );
  return {outputs, deltas};
}

describe("the floor for 24-16-3 on eight statistics of three axes", () => {
  const description = checkDescription({
    name: "gesture",
    input: {
      axes: ["x", "y", "z"],
      window: 100,
      statistics: [...GESTURE_STATISTICS],
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
    ["online-adam", 5800],
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
