import {describe, expect, test} from "vitest";
import {makeOptimizer, optimizerNames} from "../../compiler/optimizers.js";
import {Section} from "../../runtime/image/format.js";
import {Learner} from "../../runtime/learner.js";
import {Network} from "../../runtime/network.js";
import {OnlineAdam} from "../../runtime/optimizers/online-adam.js";
import {OnlineSgd} from "../../runtime/optimizers/online-sgd.js";
import type {Optimizer} from "../../runtime/optimizers/optimizer.js";
import {Sgd} from "../../runtime/optimizers/sgd.js";
import {autoencoder, compileAnomaly} from "./anomaly-model.js";
import {fixCrc, sectionOf} from "./image/patch.js";
import {bitsOf, drawer, drawNumbers} from "./reference/draw.js";
import {ReferenceClusters, squaredDistance} from "./reference/k-means.js";
import {lossOf} from "./reference/network.js";
import {refusalOf} from "./refusal-of.js";
import {compileUnits, referenceOf, type Units} from "./small-model.js";

const CLUSTERS = [{type: "centroids", units: 2}] as const;
/** Centroids (0, 0) and (10, 0), which took an example each. */
const PLACES = [0, 0, 10, 0, 1, 1];

function parametersOf({network: {arena, plan}}: Learner): Float32Array {
  return arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
}

describe("the score", () => {
  test("of centroids is the squared distance to the nearest, and classify() says which that is", () => {
    const {image, model} = compileAnomaly(2, {layers: [...CLUSTERS], parameters: PLACES});
    const network = new Network(model, image);
    network.load([3, 4]);
    expect(network.score()).toBe(25);
    expect(network.classify()).toBe(0);
    network.load([10, 2]);
    expect(network.score()).toBe(4);
    expect(network.classify()).toBe(1);
  });

  test("of an autoencoder is the mean squared error of what it gives back", () => {
    // Gives back the first of two inputs and 0 for the second.
    const {image, model} = compileAnomaly(2, {layers: autoencoder(2, []), parameters: [1, 0, 0, 0, 0, 0]});
    const network = new Network(model, image);
    network.load([5, 4]);
    expect(network.score()).toBe(8);
  });

  test.each([
    ["centroids", [{type: "centroids", units: 3}] as const],
    ["an autoencoder", autoencoder(4, [3])],
  ])("of %s is the loss of learning from that very input", (_title, layers) => {
    const {image, model} = compileAnomaly(4, {layers: [...layers], learn: ["online-sgd"]});
    const learner = new Learner(model, image, new OnlineSgd());
    const draw = drawer(2);
    for (let n = 0; n < 20; n++) {
      learner.network.load(drawNumbers(draw, 4, 2));
      const score = learner.network.score();
      expect(learner.learnInput()).toBe(score);
    }
  });

  test("is refused for a network that learned from labels", () => {
    const {image, model} = compileUnits(2, [[2, "softmax"]], "crossEntropy", []);
    expect(refusalOf(() => new Network(model, image).score())).toBe(
      "network: score: expected the loss nearestCentroid or reconstruction, for anomaly scores, found " +
        "softmaxCrossEntropy. Compile a model that finds anomalies.",
    );
  });
});

describe("the threshold", () => {
  const {image, model} = compileAnomaly(2, {layers: [...CLUSTERS], parameters: PLACES, threshold: 25});

  test("comes from the image; a score above it is an anomaly, and so is one that isn't a number", () => {
    const network = new Network(model, image);
    const isAnomaly = (...features: number[]) => {
      network.load(features);
      return network.isAnomaly();
    };
    expect(network.threshold).toBe(25);
    expect(isAnomaly(3, 4)).toBe(false);
    expect(isAnomaly(3, 4.001)).toBe(true);
    expect(isAnomaly(Number.NaN, 4)).toBe(true);
    network.threshold = 26;
    expect(isAnomaly(3, 4.001)).toBe(false);
  });

  test("is missed by isAnomaly() where neither image nor program said one", () => {
    const without = compileAnomaly(2, {layers: [...CLUSTERS]});
    const network = new Network(without.model, without.image);
    expect(network.threshold).toBeUndefined();
    expect(refusalOf(() => network.isAnomaly())).toBe(
      "network: threshold: expected one in the image, found none. Train the model, or set network.threshold.",
    );
  });

  test.each([Number.NaN, -1, Infinity])("of %s in an image is refused", (threshold) => {
    const bytes = image.slice();
    new DataView(bytes.buffer).setFloat32(sectionOf(bytes, Section.anomaly).at, threshold, true);
    expect(refusalOf(() => new Network(model, fixCrc(bytes)))).toBe(
      `image: anomaly: threshold: expected a finite number from 0 up, found ${threshold}. Compile the model again.`,
    );
  });

  test("of two numbers in an image is refused", () => {
    const bytes = image.slice();
    const entry = sectionOf(bytes, Section.anomaly).entry;
    const constants = sectionOf(bytes, Section.constants);
    new Int32Array(bytes.buffer).set([constants.at, 8], entry + 1);
    expect(refusalOf(() => new Network(model, fixCrc(bytes)))).toBe(
      "image: anomaly section: expected 1 number, found 2. Compile the model again.",
    );
  });

  test("beside a loss that takes targets is refused", () => {
    const other = compileUnits(2, [[2, "linear"]], "meanSquaredError", []);
    const bytes = image.slice();
    // The program's loss: its third word.
    new Int32Array(bytes.buffer)[sectionOf(bytes, Section.program).at / 4 + 2] = other.model.loss.code;
    const module = {...model, loss: other.model.loss};
    expect(refusalOf(() => new Network(module, fixCrc(bytes)))).toBe(
      "image: anomaly section: expected none, found one beside the loss meanSquaredError. Compile the model again.",
    );
  });
});

test("an image that compares inputs with another number of outputs is refused", () => {
  const {image, model} = compileAnomaly(2, {layers: autoencoder(2, [3])});
  const other = compileUnits(
    2,
    [
      [3, "tanh"],
      [1, "linear"],
    ],
    "meanSquaredError",
    [],
  );
  const bytes = other.image.slice();
  new Int32Array(bytes.buffer)[sectionOf(bytes, Section.program).at / 4 + 2] = model.loss.code;
  expect(refusalOf(() => new Network(model, fixCrc(bytes)))).toBe(
    "image: program: outputs: expected 2, as many as inputs, found 1. Compile the model again.",
  );
  expect(new Network(model, image).output).toHaveLength(2);
});

describe("k-means, one example at a time", () => {
  const draw = drawer(11);
  const centres = [
    [0, 0, 0],
    [4, 0, -3],
    [-2, 5, 1],
  ];
  const examples = Array.from({length: 300}, (_, n) =>
    drawNumbers(draw, 3, 2).map((value, i) => value + centres[n % 3][i]),
  );
  const start = [examples[0], examples[1], examples[2]].map((row) => [...row]);
  const {image, model} = compileAnomaly(3, {
    layers: [{type: "centroids", units: 3}],
    learn: optimizerNames,
    parameters: [...start.flat(), 1, 1, 1],
  });

  test("keeps each centroid the mean of what it took", () => {
    const reference = new ReferenceClusters(start);
    const learner = new Learner(model, image, new OnlineSgd({learningRate: 1e-6}), {guard: true});
    for (const example of examples) {
      learner.network.load(example);
      const loss = learner.learnInput();
      // A centroid of up to 8 is off by 2^-22 a step at most, a distance of up to 6 by that, its square by 12 times as much.
      expect(Math.abs(loss - reference.learn(example))).toBeLessThan(1e-3);
    }
    const parameters = parametersOf(learner);
    const wanted = reference.centroids.flat();
    for (let k = 0; k < 9; k++) expect(Math.abs(parameters[k] - wanted[k])).toBeLessThan(300 * 2 ** -22);
    expect([...parameters.subarray(9)]).toEqual(reference.counts);
    expect(Math.min(...reference.counts)).toBeGreaterThan(50);
  });

  test("follows examples that drift, at the learning rate", () => {
    const learner = new Learner(model, image, new OnlineSgd({learningRate: 0.1}));
    const place = () => [...parametersOf(learner).subarray(0, 3)];
    const drifted = (n: number) => start[0].map((value) => value - n * 0.05);
    for (let n = 0; n < 200; n++) {
      learner.network.load(drifted(n));
      learner.learnInput();
    }
    // It lags by the drift of 1 / learningRate steps, 0.5 an axis.
    expect(Math.sqrt(squaredDistance(place(), drifted(200)))).toBeCloseTo(Math.sqrt(3) * 0.5, 1);
  });

  test("jumps to each example at a learning rate of 1, and refuses one above it, when it is made and set by hand", () => {
    const learner = new Learner(model, image, new OnlineSgd({learningRate: 1}));
    const nearest = start[0].map((value) => value + 0.25);
    learner.network.load(nearest);
    learner.learnInput();
    expect(bitsOf(parametersOf(learner).subarray(0, 3))).toEqual(bitsOf(Float32Array.from(nearest)));
    const message =
      "learningRate: expected a number above 0 and at most 1, a share of the way that centroids move, found 1.5. Nothing was learned. Set another one.";
    expect(refusalOf(() => new Learner(model, image, new OnlineSgd({learningRate: 1.5})))).toBe(message);
    learner.optimizer.learningRate = 1.5;
    const before = bitsOf(learner.network.arena);
    expect(refusalOf(() => learner.learnInput())).toBe(message);
    expect(bitsOf(learner.network.arena)).toEqual(before);
    // By gradients a rate is no share.
    expect(new Learner(model, image, makeOptimizer("sgd", {learningRate: 1.5})).learningRate).toBe(1.5);
  });

  test("in slices of the smallest budget gives the same bytes", () => {
    const make = () => new Learner(model, image, new OnlineSgd(), {guard: true});
    const [whole, sliced] = [make(), make()];
    let slices = 0;
    for (const example of examples.slice(0, 50)) {
      whole.network.load(example);
      whole.learnInput();
      sliced.network.load(example);
      sliced.beginInput();
      do slices++;
      while (!sliced.work(sliced.smallestBudget));
    }
    // Two for each example: the centroids that move can't be cut, as they are no more than eight.
    expect(slices).toBe(100);
    expect(bitsOf(sliced.network.arena)).toEqual(bitsOf(whole.network.arena));
  });

  test("is the same with Adam in place, which leaves centroids to it", () => {
    const learnAll = (optimizer: Optimizer) => {
      const learner = new Learner(model, image, optimizer, {guard: true});
      for (const example of examples) {
        learner.network.load(example);
        learner.learnInput();
      }
      expect(learner.updates).toBe(examples.length);
      return bitsOf(parametersOf(learner));
    };
    const learningRate = 0.02;
    expect(learnAll(new OnlineAdam({learningRate}))).toEqual(learnAll(new OnlineSgd({learningRate})));
    expect(refusalOf(() => new Learner(model, image, new OnlineAdam({learningRate: 1.5})))).toMatch(
      /^learningRate: expected a number above 0 and at most 1, /,
    );
  });

  test.each(optimizerNames.filter((name) => makeOptimizer(name).gradients > 0))(
    "by gradients brings the loss down and leaves the counts as they are: %s",
    (name) => {
      const learner = new Learner(model, image, makeOptimizer(name, {learningRate: 0.02}), {batch: 10});
      const mean = (values: readonly number[]) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      const epochs = Array.from({length: 10}, () =>
        mean(
          examples.map((example) => {
            learner.network.load(example);
            return learner.learnInput();
          }),
        ),
      );
      expect(epochs[9]).toBeLessThan(0.95 * epochs[0]);
      expect([...parametersOf(learner).subarray(9)]).toEqual([1, 1, 1]);
    },
  );

  test("stops before a number that isn't finite gets into a centroid", () => {
    const learner = new Learner(model, image, new OnlineSgd(), {guard: true});
    const before = bitsOf(parametersOf(learner));
    for (const wrong of [Number.NaN, Infinity, 3e38]) {
      learner.network.load([1, wrong, 2]);
      expect(refusalOf(() => learner.learnInput())).toMatch(/^learning: .*No parameter was changed\./);
      expect(bitsOf(parametersOf(learner))).toEqual(before);
    }
  });
});

/** As in gradients.test.ts: differences good to 1e-10, float32 stores of numbers of about 1. */
const TOLERANCE = 2e-6;

describe("an autoencoder's gradients are the slopes of its loss", () => {
  test.each([
    ["linear", [3]],
    ["sigmoid", [3]],
    ["tanh", [5, 2, 5]],
  ] as const)("%s after %j", (last, hidden) => {
    const draw = drawer(20 + hidden.length);
    const {image, model} = compileAnomaly(4, {layers: autoencoder(4, hidden, last), learn: ["sgd"]});
    const units: Units = [...hidden.map((size) => [size, "tanh"] as const), [4, last]];
    const reference = referenceOf(4, units, "meanSquaredError");
    const learner = new Learner(model, image, new Sgd(), {batch: 2});
    const parameters = parametersOf(learner);
    parameters.set(drawNumbers(draw, parameters.length, 0.8));
    const input = drawNumbers(draw, 4, 2);
    learner.network.load(input);
    const loss = learner.learnInput();
    const {arena, plan} = learner.network;
    expect(Math.abs(loss - lossOf(reference, parameters, input, input))).toBeLessThan(TOLERANCE);
    parameters.forEach((parameter, k) => {
      const [above, below] = [1e-5, -1e-5].map((h) => {
        const moved = Float64Array.from(parameters);
        moved[k] = parameter + h;
        return lossOf(reference, moved, input, input);
      });
      expect(Math.abs(arena[plan.gradientsAt + k] - (above - below) / 2e-5)).toBeLessThan(TOLERANCE);
    });
  });
});

describe("a learner", () => {
  const {image, model} = compileAnomaly(2, {layers: [...CLUSTERS], learn: ["sgd"]});

  test("without targets refuses labels and targets, and learns nothing from them", () => {
    const learner = new Learner(model, image, new Sgd());
    const before = bitsOf(learner.network.arena);
    const wanted =
      "learner: expected no label and no target, as the loss takes none, found one. Call learnInput() or beginInput().";
    expect(refusalOf(() => learner.learn(0))).toBe(wanted);
    expect(refusalOf(() => learner.learnTarget())).toBe(wanted);
    expect(learner.target).toHaveLength(0);
    expect(bitsOf(learner.network.arena)).toEqual(before);
  });

  test("with targets refuses to learn without", () => {
    const other = compileUnits(2, [[2, "softmax"]], "crossEntropy", ["sgd"]);
    const learner = new Learner(other.model, other.image, new Sgd());
    expect(refusalOf(() => learner.learnInput())).toBe(
      "learner: expected a label or targets for the loss softmaxCrossEntropy, found none. " +
        "Call learn(label), or learnTarget() after writing learner.target.",
    );
  });
});
