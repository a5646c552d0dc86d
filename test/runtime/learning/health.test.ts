import {describe, expect, test} from "vitest";
import {makeOptimizer, type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {InputError} from "../../../runtime/input-error.js";
import {Learner} from "../../../runtime/learner.js";
import {Guard} from "../../../runtime/learning/guard.js";
import {dense} from "../../../runtime/ops/dense.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {Exponential} from "../../../runtime/schedules/exponential.js";
import {Plateau} from "../../../runtime/schedules/plateau.js";
import {stepOf} from "../ops/step.js";
import {bitsOf, drawer, drawNumbers} from "../reference/draw.js";
import {refusalOf} from "../refusal-of.js";
import {compileLayers} from "../small-model.js";
import {CLASSES, INPUTS, isInPlace, learnerOf, optimizersAndWays, parametersOf, ways} from "./ways.js";

const everything = ways[ways.length - 1];

/** Learns examples `from` to `to`, always the same ones. */
function learnGood(learner: Learner, from: number, to: number): number[] {
  return Array.from({length: to - from}, (_, k) => {
    learner.network.load(drawNumbers(drawer(from + k), INPUTS, 2));
    return learner.learn((from + k) % CLASSES);
  });
}

const REMEDY =
  "No parameter was changed. Look for extreme values in the input, lower the learning rate, or clip gradients.";

const SPOILT =
  "The parameter was so before this step, and no other was changed. Call restoreBest() or reset().";

/** What may go wrong: shows the learner something bad, and puts right what it changed. */
const faults: readonly (readonly [string, string, string, (learner: Learner) => void])[] = [
  ["NaN in the input", "input 2: expected a finite number, found NaN", REMEDY, badInput(Number.NaN)],
  ["Infinity in the input", "input 2: expected a finite number, found Infinity", REMEDY, badInput(Infinity)],
  ["NaN in the targets", "target 1: expected a finite number, found NaN", REMEDY, badTarget(Number.NaN)],
  [
    "-Infinity in the targets",
    "target 1: expected a finite number, found Infinity",
    REMEDY,
    badTarget(-Infinity),
  ],
  ["NaN in a weight", "parameter 1: expected a finite number, found NaN", SPOILT, badParameter],
];

function badInput(value: number): (learner: Learner) => void {
  return (learner) => {
    learner.network.load([1, 2, value, 4, 5]);
    learner.learn(0);
  };
}

function badTarget(value: number): (learner: Learner) => void {
  return (learner) => {
    learner.network.load([1, 2, 3, 4, 5]);
    learner.target.set([0, value, 0]);
    learner.learnTarget();
  };
}

function badParameter(learner: Learner, value = Number.NaN): void {
  const {arena, plan} = learner.network;
  const good = arena[plan.parametersAt + 1];
  arena[plan.parametersAt + 1] = value;
  try {
    learner.network.load([1, 1, 1, 1, 1]);
    learner.learn(0);
  } finally {
    arena[plan.parametersAt + 1] = good;
  }
}

describe.each(faults)("%s", (_title, message, remedy, show) => {
  // Dropout draws for the bad example too, and then others for those that follow.
  const cases = optimizersAndWays.filter(({way}) => way.dropout === undefined);
  test.each(cases)("is refused, changes nothing and leaves no trace: $title", ({optimizer, way}) => {
    const learner = learnerOf(optimizer, way);
    const untouched = learnerOf(optimizer, way);
    // The bad one comes in the middle of a batch: the good one before it still counts.
    learnGood(learner, 0, 4);
    learnGood(untouched, 0, 4);
    const before = bitsOf(parametersOf(learner));
    const refusal = refusalOf(() => show(learner));
    expect(refusal).toMatch(/^learning: /);
    expect(refusal.endsWith(`${message}. ${remedy}`)).toBe(true);
    expect(bitsOf(parametersOf(learner))).toEqual(before);
    expect([learner.pending, learner.isWorking]).toEqual([untouched.pending, false]);
    expect(learner.neurons?.examples).toBe(untouched.neurons?.examples);
    expect(learnGood(learner, 4, 12)).toEqual(learnGood(untouched, 4, 12));
    expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(parametersOf(untouched)));
  });
});

describe("the guard", () => {
  test.each(optimizerNames.filter((name) => !isInPlace(name)))(
    "forgets the batch whose gradients grew beyond the bound, and no other: %s",
    (optimizer) => {
      const way = {title: "", options: () => ({guard: true, batch: 2})};
      const learner = learnerOf(optimizer, way);
      const untouched = learnerOf(optimizer, way);
      learnGood(learner, 0, 4);
      learnGood(untouched, 0, 4);
      const before = bitsOf(parametersOf(learner));
      learnGood(learner, 4, 5);
      // The loss of such targets is finite, and so are its derivatives, but they are beyond the bound.
      learner.network.load([1, 2, 3, 4, 5]);
      learner.target.set([1e25, -1e25, 1e25]);
      expect(refusalOf(() => learner.learnTarget())).toMatch(
        /^learning: layers\[\d\] \(dense\), gradient \d+: expected a number of at most 2\^63 in size, found /,
      );
      expect(bitsOf(parametersOf(learner))).toEqual(before);
      expect([learner.pending, learner.updates]).toEqual([0, 2]);
      expect(learnGood(learner, 8, 12)).toEqual(learnGood(untouched, 8, 12));
      expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(parametersOf(untouched)));
    },
  );

  test.each(
    optimizerNames.flatMap((name) => [Infinity, -Infinity, 2 ** 64].map((bad) => [name, bad] as const)),
  )("finds a weight that saturation hides from the loss: %s, %d", (name, bad) => {
    const learner = learnerOf(name, {title: "", options: () => ({guard: true, batch: 1})});
    const before = bitsOf(parametersOf(learner));
    const refusal = refusalOf(() => badParameter(learner, bad));
    expect(refusal).toMatch(/^learning: layers\[0\] \(dense\), parameter 1: /);
    expect(refusal.endsWith(SPOILT)).toBe(true);
    expect(bitsOf(parametersOf(learner))).toEqual(before);
    const untouched = learnerOf(name, {title: "", options: () => ({guard: true, batch: 1})});
    expect(learnGood(learner, 0, 4)).toEqual(learnGood(untouched, 0, 4));
  });

  /** Hyperparameters of all kinds; those of Adam keep beta1^2 below beta2, as its authors ask. */
  const withBetas = (learningRate: number, share: number) => ({
    learningRate,
    beta1: 0.001 + 0.9 * share,
    beta2: 0.9 + 0.0999 * share,
  });
  const make: Readonly<Record<OptimizerName, (learningRate: number, share: number) => object>> = {
    "online-sgd": (learningRate) => ({learningRate}),
    "online-adam": withBetas,
    sgd: (learningRate) => ({learningRate}),
    momentum: (learningRate, gamma) => ({learningRate, gamma}),
    adagrad: (learningRate) => ({learningRate}),
    rmsprop: (learningRate, rho) => ({learningRate, rho}),
    adam: withBetas,
  };
  const losses = ["crossEntropy", "meanSquaredError", "meanAbsoluteError", "binaryCrossEntropy"] as const;

  test.each(optimizerNames)(
    "keeps every parameter finite whatever comes, and tells that it did: %s",
    (name) => {
      const draw = drawer(name.length);
      /** Powers of ten, more of the small ones, so that some networks learn. */
      const size = (low: number, high: number) => 10 ** (low + (high - low) * draw() ** 3);
      let refusals = 0;
      let learned = 0;
      for (let n = 0; n < 150; n++) {
        const loss = losses[n % losses.length];
        const penalty = draw() < 0.3 ? Math.min(1000, size(-3, 4)) : 0;
        const hidden = {l1: penalty, l2: penalty, biasL2: penalty, dropout: draw() < 0.3 ? 0.5 : 0};
        const {image, model} = compileLayers(
          3,
          [
            {type: "dense", units: 4, activation: draw() < 0.5 ? "relu" : "linear", ...hidden},
            {type: "dense", units: 4, activation: draw() < 0.5 ? "leakyRelu" : "tanh", ...hidden},
            {
              type: "dense",
              units: 2,
              activation:
                loss === "crossEntropy" ? "softmax" : loss === "binaryCrossEntropy" ? "sigmoid" : "linear",
            },
          ],
          loss,
          [name],
          n,
        );
        const rate = size(-35, 40);
        const clip = !isInPlace(name) && draw() < 0.3 ? {clipNorm: size(-3, 30)} : {};
        const optimizer = makeOptimizer(name, make[name](rate, draw() ** 0.1 * 0.999));
        const learner = new Learner(model, image, optimizer, {guard: true, ...clip});
        const {arena, plan} = learner.network;
        const largest = size(0, 25);
        for (let k = 0; k < plan.learned; k++) arena[plan.parametersAt + k] *= largest;
        const inputs = size(0, 38);
        for (let step = 0; step < 15; step++) {
          const before = bitsOf(parametersOf(learner));
          learner.network.load(drawNumbers(draw, 3, inputs));
          learner.target.set(drawNumbers(draw, 2, size(0, 38)));
          try {
            learner.learnTarget();
            learned++;
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            expect(error.place).toMatch(/^learning: /);
            expect(bitsOf(parametersOf(learner))).toEqual(before);
            refusals++;
          }
          const broken = parametersOf(learner).findIndex((value) => !Number.isFinite(value));
          expect(broken, `network ${n}, step ${step}, rate ${rate}`).toBe(-1);
        }
      }
      expect(refusals).toBeGreaterThan(100);
      expect(learned).toBeGreaterThan(100);
    },
  );

  const deltas = [
    [Number.NaN, 1],
    [1, Number.NaN],
    [Infinity, 1],
    [2 ** 67, -1],
    [-(2 ** 67), 1],
  ];
  test.each(deltas.flatMap((delta) => [undefined, 2 ** 63].map((largest) => [delta, largest] as const)))(
    "looks ahead from every delta, a NaN before others too: %j, largest gradient: %s",
    (outputDelta, largestGradient) => {
      const {step} = stepOf(dense, {input: [1], outputs: 2, parameters: [1, 1, 0, 0], outputDelta});
      const guard = new Guard([step]);
      guard.begin(step);
      guard.lookAhead(step, 0, 0, 2);
      expect(refusalOf(() => guard.judge(step, 0, 0.1, largestGradient))).toMatch(
        /^learning: layers\[0\] \(dense\), largest (output delta|change|gradient) that .*might .*: expected a number of at most 2\^\d+ in size, found /,
      );
    },
  );

  /**
   * One input that is 0, two layers of one neuron each that give 0, and a learning rate that is a power of two: all that
   * the guard compares is known to the bit.
   * @returns what learning from a target of -delta / 2 does, whose loss has the derivative delta
   */
  function learnOnce(
    delta: number,
    learningRate: number,
    {first = {}, weights = [0, 0], bias = 0, name = "online-sgd" as OptimizerName},
  ): string {
    const {image, model} = compileLayers(
      1,
      [
        {type: "dense", units: 1, ...first, start: {weights: [[weights[0]]], biases: [bias]}},
        {type: "dense", units: 1, start: {weights: [[weights[1]]]}},
      ],
      "meanSquaredError",
      [name],
    );
    const learner = new Learner(model, image, makeOptimizer(name, {learningRate}), {guard: true});
    learner.target[0] = -delta / 2;
    const refusal = refusalOf(() => learner.learnTarget());
    expect(parametersOf(learner).every(Number.isFinite)).toBe(true);
    return refusal.split(": expected")[0];
  }

  /** The float32 after a power of two. */
  const above = 1 + 2 ** -23;
  const change = "largest change that a parameter might take";
  const tooFar = `learning: layers[0] (dense), ${change}`;
  const rate = 2 ** -10;
  /** What is the largest that passes, then the same a bit larger. */
  const bounds: readonly (readonly [string, string, () => string, () => string])[] = [
    [
      "a change of the last layer",
      `learning: layers[1] (dense), ${change}`,
      () => learnOnce(2 ** 73, rate, {}),
      () => learnOnce(2 ** 73 * above, rate, {}),
    ],
    [
      "a change of the first layer, which the second one's weight makes larger",
      tooFar,
      () => learnOnce(2 ** 71, rate, {weights: [0, 4]}),
      () => learnOnce(2 ** 71 * above, rate, {weights: [0, 4]}),
    ],
    [
      "the weight that makes it larger",
      tooFar,
      () => learnOnce(2 ** 71, rate, {weights: [0, -4]}),
      () => learnOnce(2 ** 71, rate, {weights: [0, -4 * above]}),
    ],
    [
      "a change behind an activation, whose slope is at most 1",
      tooFar,
      () => learnOnce(2 ** 71, rate, {first: {activation: "tanh"}, weights: [0, 4]}),
      () => learnOnce(2 ** 71 * above, rate, {first: {activation: "tanh"}, weights: [0, 4]}),
    ],
    [
      "a change behind dropout, which makes deltas larger",
      tooFar,
      () => learnOnce(2 ** 70, rate, {first: {dropout: 0.5}, weights: [0, 4]}),
      () => learnOnce(2 ** 70 * above, rate, {first: {dropout: 0.5}, weights: [0, 4]}),
    ],
    [
      "a delta that has to be stored",
      "learning: layers[0] (dense), largest output delta that might come",
      () => learnOnce(2 ** 127, 2 ** -80, {weights: [0, 1]}),
      () => learnOnce(2 ** 127, 2 ** -80, {weights: [0, above]}),
    ],
    ...(["l1", "biasL1"] as const).map(
      (penalty) =>
        [
          `the penalty ${penalty}`,
          tooFar,
          () => learnOnce(0, 2 ** 54, {first: {[penalty]: 512}}),
          () => learnOnce(0, 2 ** 54, {first: {[penalty]: 512 * above}}),
        ] as const,
    ),
    [
      "the penalty l2 of the largest weight",
      tooFar,
      () => learnOnce(0, 2 ** 54, {first: {l2: 1}, weights: [-256, 0]}),
      () => learnOnce(0, 2 ** 54, {first: {l2: 1}, weights: [-256 * above, 0]}),
    ],
    [
      "the penalty l2 of the largest bias",
      tooFar,
      () => learnOnce(0, 2 ** 54, {first: {biasL2: 1}, bias: -256}),
      () => learnOnce(0, 2 ** 54, {first: {biasL2: 1}, bias: -256 * above}),
    ],
    [
      "a parameter",
      "learning: layers[1] (dense), parameter 0",
      () => learnOnce(0, rate, {weights: [0, 2 ** 63]}),
      () => learnOnce(0, rate, {weights: [0, 2 ** 63 * above]}),
    ],
    [
      "a gradient in place whose square is kept, however small the rate",
      "learning: layers[1] (dense), largest gradient that might come",
      () => learnOnce(2 ** 79, 2 ** -40, {name: "online-adam"}),
      () => learnOnce(2 ** 79 * above, 2 ** -40, {name: "online-adam"}),
    ],
    [
      "a mean gradient",
      "learning: layers[1] (dense), gradient 1",
      () => learnOnce(2 ** 63, rate, {name: "sgd"}),
      () => learnOnce(2 ** 63 * above, rate, {name: "sgd"}),
    ],
    [
      "a mean gradient times the learning rate",
      "learning: layers[1] (dense), gradient 1 times the learning rate",
      () => learnOnce(2 ** 61, 4, {name: "sgd"}),
      () => learnOnce(2 ** 61 * above, 4, {name: "sgd"}),
    ],
    ...(["online-sgd", "online-adam", "sgd", "adam"] as const).map(
      (name) =>
        [
          `the learning rate of ${name}`,
          `learning: layers[${isInPlace(name) ? 1 : 0}] (dense), learning rate`,
          () => learnOnce(0, 2 ** 63, {name}),
          () => learnOnce(0, 2 ** 63 * above, {name}),
        ] as const,
    ),
  ];

  test.each(bounds)(
    "lets pass up to its bound, and refuses beyond it, naming layer and number: %s",
    (_title, place, at, beyond) => {
      expect(at()).toBe("accepted");
      expect(beyond()).toBe(place);
    },
  );

  test.each([
    ["online-sgd", "tanh", 0.005],
    ["online-sgd", "tanh", 0.1],
    ["online-sgd", "relu", 0.005],
    ["online-sgd", "sigmoid", 0.1],
    ["online-adam", "tanh", 0.001],
    ["online-adam", "relu", 0.001],
    ["online-adam", "sigmoid", 0.001],
  ] as const)(
    "lets twenty sound layers of 64 neurons learn in place: %s, %s, %d",
    (name, activation, learningRate) => {
      const hidden = Array.from({length: 20}, () => ({type: "dense" as const, units: 64, activation}));
      const {image, model} = compileLayers(
        INPUTS,
        [...hidden, {type: "dense", units: CLASSES, activation: "softmax"}],
        "crossEntropy",
        [name],
      );
      const learner = new Learner(model, image, makeOptimizer(name, {learningRate}), {guard: true});
      expect(learnGood(learner, 0, 20).every(Number.isFinite)).toBe(true);
    },
  );

  test("lets a network learn the same bytes that it learns without", () => {
    for (const name of optimizerNames) {
      const guarded = learnerOf(name, {title: "", options: () => ({guard: true})});
      const free = learnerOf(name, {title: ""});
      expect(learnGood(guarded, 0, 30)).toEqual(learnGood(free, 0, 30));
      expect(bitsOf(parametersOf(guarded))).toEqual(bitsOf(parametersOf(free)));
    }
  });
});

describe("a learning rate that no update can follow", () => {
  const rates = [-1, 0, Number.NaN, Infinity, "0.1" as unknown as number];
  test.each(optimizerNames.flatMap((name) => rates.map((rate) => [name, rate] as const)))(
    "is refused before anything changes, and learning goes on with a good one: %s, %s",
    (name, rate) => {
      const learner = learnerOf(name, {title: "", options: () => ({watchNeurons: true})});
      const untouched = learnerOf(name, {title: "", options: () => ({watchNeurons: true})});
      learnGood(learner, 0, 5);
      learnGood(untouched, 0, 5);
      const before = bitsOf(learner.network.arena);
      const {optimizer} = learner;
      const good = optimizer.learningRate;
      const message = `learningRate: expected a number above 0 and below Infinity, found ${rate}. Nothing was learned. Set another one.`;
      optimizer.learningRate = rate;
      expect(refusalOf(() => learner.learn(0))).toBe(message);
      if (learner.pending > 0) expect(refusalOf(() => learner.update())).toBe(message);
      learner.target.set([0, 0, 0]);
      const targetAt = learner.target.byteOffset / 4;
      const after = bitsOf(learner.network.arena);
      before.fill(0, targetAt, targetAt + CLASSES);
      after.fill(0, targetAt, targetAt + CLASSES);
      expect(after).toEqual(before);
      expect([learner.pending, learner.isWorking, learner.neurons?.examples]).toEqual([
        untouched.pending,
        false,
        5,
      ]);
      optimizer.learningRate = good;
      expect(learnGood(learner, 5, 12)).toEqual(learnGood(untouched, 5, 12));
      expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(parametersOf(untouched)));
    },
  );

  test.each([-0.5, Number.NaN, Infinity])("is found in a schedule's factor too: %s", (factor) => {
    const schedule = {name: "own", factorAt: (step: number) => (step < 2 ? 1 : factor)};
    const learner = learnerOf("adam", {title: "", options: () => ({schedule})});
    learnGood(learner, 0, 8);
    const before = bitsOf(parametersOf(learner));
    expect(refusalOf(() => learner.learn(0))).toBe(
      `learningRate: factor of the schedule own: expected a number from 0 to 1, found ${factor}. Nothing was learned. Mend the schedule.`,
    );
    expect(bitsOf(parametersOf(learner))).toEqual(before);
    expect([learner.pending, learner.updates]).toEqual([2, 2]);
  });

  test("is not one that a schedule brought down to 0 after very many updates", () => {
    const learner = learnerOf("sgd", {
      title: "",
      options: () => ({batch: 1, schedule: new Exponential({decay: 500})}),
    });
    learnGood(learner, 0, 3);
    expect([learner.updates, learner.learningRate]).toEqual([3, 0]);
  });

  test("that is beyond the guard's bound is refused with the layer", () => {
    for (const name of ["sgd", "online-sgd", "online-adam"] as const) {
      const learner = learnerOf(name, {title: "", options: () => ({guard: true, batch: 1})});
      learner.optimizer.learningRate = 1e300;
      learner.network.load([1, 2, 3, 4, 5]);
      expect(refusalOf(() => learner.learn(0))).toMatch(/^learning: layers\[\d\] \(dense\), /);
    }
  });
});

describe("dead neurons", () => {
  /** Two inputs, neurons that are x, y, x - 100 and -1, then one output that adds them. */
  const {image, model} = compileLayers(
    2,
    [
      {
        type: "dense",
        units: 4,
        activation: "relu",
        start: {
          weights: [
            [1, 0],
            [0, 1],
            [1, 0],
            [0, 0],
          ],
          biases: [0, 0, -100, -1],
        },
      },
      {type: "dense", units: 1, start: {weights: [[1, 1, 1, 1]]}},
    ],
    "meanSquaredError",
    ["online-sgd", {optimizer: "online-sgd", layers: 1}],
  );
  /** A rate so small that no parameter moves in float32. */
  const make = (options = {}) =>
    new Learner(model, image, new OnlineSgd({learningRate: 1e-12}), {watchNeurons: true, ...options});
  const show = (learner: Learner, x: number, y: number) => {
    learner.network.load([x, y]);
    learner.target[0] = 1;
    learner.learnTarget();
  };

  test("are those that no example woke since the watch began", () => {
    const learner = make();
    const {neurons} = learner;
    expect([neurons?.neurons, neurons?.examples, neurons?.countDead()]).toEqual([4, 0, 0]);
    show(learner, 1, -1);
    expect([neurons?.examples, neurons?.countDead()]).toEqual([1, 3]);
    show(learner, -1, 1);
    show(learner, -1, -1);
    expect([neurons?.examples, neurons?.countDead()]).toEqual([3, 2]);
    show(learner, 101, 0);
    expect(neurons?.countDead()).toBe(1);
    neurons?.reset();
    expect([neurons?.examples, neurons?.countDead()]).toEqual([0, 0]);
  });

  test("are revived by their own biases, all else stays, and the watch begins anew", () => {
    const learner = make();
    show(learner, 2, 3);
    const before = parametersOf(learner);
    expect(learner.reviveNeurons(1.5)).toBe(2);
    const wanted = before.slice();
    wanted.set([-98.5, 0.5], 4 * 2 + 2);
    expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(wanted));
    expect([learner.neurons?.examples, learner.neurons?.countDead()]).toEqual([0, 0]);
    show(learner, 2, 3);
    expect(learner.neurons?.countDead()).toBe(1);
  });

  test("aren't looked for where nothing learns, nor unless it was asked for", () => {
    expect(make({layers: 1}).neurons?.neurons).toBe(0);
    expect(make({layers: 1}).reviveNeurons(1)).toBe(0);
    expect(make({watchNeurons: false}).neurons).toBeUndefined();
  });

  test("are none before any example, and then none is revived", () => {
    const learner = make();
    const before = bitsOf(parametersOf(learner));
    expect([learner.neurons?.countDead(), learner.reviveNeurons(1)]).toEqual([0, 0]);
    expect(bitsOf(parametersOf(learner))).toEqual(before);
    show(learner, -1, -1);
    expect(learner.reviveNeurons(1)).toBe(4);
    // The watch has begun anew.
    const revived = bitsOf(parametersOf(learner));
    expect(learner.reviveNeurons(1)).toBe(0);
    expect(bitsOf(parametersOf(learner))).toEqual(revived);
  });

  test.each([undefined, Number.NaN, Infinity, -Infinity, 1e300, "1", null])(
    "aren't revived by a nudge that would ruin a bias: %s",
    (nudge) => {
      const learner = make();
      show(learner, -1, -1);
      const before = bitsOf(learner.network.arena);
      expect(refusalOf(() => learner.reviveNeurons(nudge as number))).toBe(
        `reviveNeurons(nudge): expected a number from -2^63 to 2^63, found ${nudge}. Give it a small one, as 0.1.`,
      );
      expect(bitsOf(learner.network.arena)).toEqual(before);
    },
  );

  test("aren't revived without a watch, nor in the middle of an example", () => {
    expect(refusalOf(() => make({watchNeurons: false}).reviveNeurons(1))).toBe(
      "reviveNeurons(nudge): expected neurons that are watched, found none. Make the learner with watchNeurons: true.",
    );
    const learner = make();
    show(learner, -1, -1);
    learner.network.load([-1, -1]);
    learner.beginTarget();
    learner.work(learner.smallestBudget);
    const before = bitsOf(learner.network.arena);
    expect(refusalOf(() => learner.reviveNeurons(1))).toBe(
      "learner: expected no example under way, found one that is not through. Call work() until it returns true.",
    );
    expect(bitsOf(learner.network.arena)).toEqual(before);
  });

  test("are penalized with their new biases from the next example on, in the middle of a batch too", () => {
    const penalized = compileLayers(
      1,
      [
        {
          type: "dense",
          units: 1,
          activation: "relu",
          biasL2: 0.5,
          start: {weights: [[0]], biases: [-2]},
        },
        {type: "dense", units: 1, start: {weights: [[0]]}},
      ],
      "meanSquaredError",
      ["sgd"],
    );
    const learner = new Learner(penalized.model, penalized.image, new Sgd(), {
      watchNeurons: true,
      batch: 3,
    });
    learner.learnTarget();
    expect(learner.penalty).toBe(0.5 * 4);
    expect(learner.reviveNeurons(3)).toBe(1);
    learner.learnTarget();
    expect(learner.penalty).toBe(0.5 * 1);
  });

  test("are found among more than a word's 32, in two layers", () => {
    const bias = (units: number, dead: readonly number[]) =>
      Array.from({length: units}, (_, j) => (dead.includes(j) ? -9 : 1));
    const zeros = (units: number, inputs: number) =>
      Array.from({length: units}, () => new Array(inputs).fill(0));
    const large = compileLayers(
      1,
      [
        {
          type: "dense",
          units: 40,
          activation: "relu",
          start: {weights: zeros(40, 1), biases: bias(40, [0, 31, 32, 39])},
        },
        {
          type: "dense",
          units: 30,
          activation: "relu",
          start: {weights: zeros(30, 40), biases: bias(30, [0, 23, 24, 29])},
        },
        {type: "dense", units: 1},
      ],
      "meanSquaredError",
      ["sgd"],
    );
    const learner = new Learner(large.model, large.image, new Sgd({learningRate: 1e-12}), {
      watchNeurons: true,
      keepBest: true,
    });
    const best = parametersOf(learner);
    learner.keepBest();
    learner.network.load([1]);
    learner.learnTarget();
    expect([learner.neurons?.neurons, learner.neurons?.countDead()]).toEqual([70, 8]);
    expect(learner.reviveNeurons(10)).toBe(8);
    learner.network.load([1]);
    learner.learnTarget();
    expect(learner.neurons?.countDead()).toBe(0);
    // The best parameters, which lie before the bits, are whole.
    learner.restoreBest();
    expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(best));
  });
});

describe("the best parameters", () => {
  test.each(optimizersAndWays.filter(({way}) => way === everything || way === ways[0]))(
    "come back byte for byte, with an optimizer that begins anew: $title",
    ({optimizer, way}) => {
      // One update a step, and a schedule that goes on; gradients of half a batch are given up.
      const keeping = {...way, options: () => ({...way.options?.(), schedule: undefined, keepBest: true})};
      const learner = learnerOf(optimizer, {...keeping, dropout: 0});
      learnGood(learner, 0, 6);
      const best = bitsOf(parametersOf(learner));
      learner.keepBest();
      learnGood(learner, 6, 14);
      expect(bitsOf(parametersOf(learner))).not.toEqual(best);
      learner.restoreBest();
      expect(bitsOf(parametersOf(learner))).toEqual(best);
      expect(learner.pending).toBe(0);

      // A new learner that is handed these parameters learns the same from here on.
      const other = learnerOf(optimizer, {...keeping, dropout: 0});
      const {arena, plan} = other.network;
      arena.copyWithin(plan.parametersAt, plan.parametersAt);
      arena.set(parametersOf(learner), plan.parametersAt);
      expect(learnGood(learner, 20, 30)).toEqual(learnGood(other, 20, 30));
      expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(parametersOf(other)));
      learner.restoreBest();
      expect(bitsOf(parametersOf(learner))).toEqual(best);
    },
  );

  test("are refused without room for them, before any were kept, and after a reset", () => {
    const plain = learnerOf("adam", ways[0]);
    const room =
      "best parameters: expected room for the best parameters, found none. Make the learner with keepBest: true.";
    const kept = "best parameters: expected parameters that were kept, found none. Call keepBest() first.";
    expect(refusalOf(() => plain.keepBest())).toBe(room);
    expect(refusalOf(() => plain.restoreBest())).toBe(kept);
    const learner = learnerOf("adam", everything);
    expect(refusalOf(() => learner.restoreBest())).toBe(kept);
    learner.keepBest();
    learner.restoreBest();
    learner.reset();
    expect(refusalOf(() => learner.restoreBest())).toBe(kept);
  });
});

test("a learner that was reset, its plateau too, learns as a new one does", () => {
  const schedule = new Plateau({patience: 1});
  const options = () => ({...everything.options?.(), schedule});
  const learner = learnerOf("adam", {...everything, options});
  const first = learnGood(learner, 0, 10);
  for (const loss of [1, 1, 1]) schedule.report(loss);
  expect(learner.learningRate).toBe(learner.optimizer.learningRate / 4);
  learner.reset();
  expect(learner.learningRate).toBe(learner.optimizer.learningRate);
  expect([learner.updates, learner.pending, learner.neurons?.examples]).toEqual([0, 0, 0]);
  expect(learnGood(learner, 0, 10)).toEqual(first);
});
