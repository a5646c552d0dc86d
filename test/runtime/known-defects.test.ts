import {describe, expect, test} from "vitest";
import {compile} from "../../compiler/compile.js";
import {checkDescription} from "../../compiler/description/read.js";
import {activations} from "../../compiler/ops/table.js";
import {makeOptimizer, type OptimizerName, optimizerNames} from "../../compiler/optimizers.js";
import {Learner} from "../../runtime/learner.js";
import {softmaxCrossEntropy} from "../../runtime/losses/softmax-cross-entropy.js";
import {Network} from "../../runtime/network.js";
import {softmax} from "../../runtime/ops/softmax.js";
import {Adam} from "../../runtime/optimizers/adam.js";
import {Sgd} from "../../runtime/optimizers/sgd.js";
import {patched} from "./image/patch.js";
import {stepOf} from "./ops/step.js";
import {bitsOf, drawer, drawNumbers} from "./reference/draw.js";
import {forward, type ReferenceLayer} from "./reference/network.js";
import {refusalOf} from "./refusal-of.js";
import {compileUnits} from "./small-model.js";

/**
 * Defects that other libraries for training on microcontrollers have, or had: each as a promise that ours keeps. That
 * nothing of the size of the gradients hides on the stack is measured on XS, in test/host-sim/xs/hidden-memory.test.ts.
 */

const compileSmall = (learn: readonly OptimizerName[]) =>
  compileUnits(
    4,
    [
      [6, "relu"],
      [3, "softmax"],
    ],
    "crossEntropy",
    learn,
  );

function learnSome(learner: Learner, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    learner.network.load(drawNumbers(drawer(n), 4, 2));
    learner.learn(n % 3);
  }
}

function parametersOf({network: {arena, plan}}: Learner): Float32Array {
  return arena.slice(plan.parametersAt, plan.parametersAt + plan.learned);
}

// Seen elsewhere: the user's buffer is taken on trust, and one too small is overrun.
describe("memory", () => {
  test.each(optimizerNames)(
    "an arena one number too small for %s is refused before anything runs",
    (name) => {
      const {image, model} = compileSmall([name]);
      // A count, then the plans of inference and of learning: 8 words each, the arena's size the fifth, and 3 an operator.
      const arenaAt = 1 + (8 + 3 * 4) + 4;
      const needed = new Learner(model, image, makeOptimizer(name)).network.plan.arenaSize;
      const cut = patched(image, ({plans}) => {
        expect(plans[arenaAt]).toBe(needed);
        plans[arenaAt]--;
      });
      expect(refusalOf(() => new Learner(model, cut, makeOptimizer(name)))).toMatch(
        /^image: .*expected \d+ numbers/,
      );
    },
  );

  test.each(optimizerNames)("%s neither reads nor writes behind the arena that its plan says", (name) => {
    const {image, model} = compileSmall([name]);
    const plain = new Learner(model, image, makeOptimizer(name));
    // Room for the best parameters lies right behind what the plan says.
    const fenced = new Learner(model, image, makeOptimizer(name), {keepBest: true});
    const {arena, plan} = fenced.network;
    const fence = arena.subarray(plan.arenaSize);
    expect(fence.length).toBe(plan.learned);
    fence.fill(-12345.5);
    learnSome(plain, 0, 30);
    learnSome(fenced, 0, 30);
    expect(fence.every((number) => number === -12345.5)).toBe(true);
    expect(bitsOf(arena.subarray(0, plan.arenaSize))).toEqual(bitsOf(plain.network.arena));
  });

  test("features too few are noticed, and nothing is learned of them", () => {
    const {image, model} = compileSmall(["sgd"]);
    const learner = new Learner(model, image, new Sgd());
    learnSome(learner, 0, 5);
    const before = parametersOf(learner);
    learner.network.load([1, 2, 3]);
    expect(refusalOf(() => learner.learn(0))).toMatch(
      /^learning: input 3: expected a finite number, found NaN\./,
    );
    expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(before));
  });
});

// Seen elsewhere: 24 examples in batches of 16 are 16 examples; nobody is told of the other 8.
test("the last 8 of 24 examples in batches of 16 are learned, with the mean of 8", () => {
  const {image, model} = compileSmall(["sgd", "adam"]);
  for (const make of [() => new Sgd(), () => new Adam()]) {
    const learner = new Learner(model, image, make(), {batch: 16});
    learnSome(learner, 0, 24);
    expect([learner.updates, learner.pending]).toEqual([1, 8]);
    learner.update();
    expect([learner.updates, learner.pending]).toEqual([2, 0]);
    // Ended by hand after 16, and full with 8: no batch of the other learner is a partial one but the first.
    const other = new Learner(model, image, make(), {batch: 24});
    learnSome(other, 0, 16);
    other.update();
    const sixteen = parametersOf(other);
    learnSome(other, 16, 24);
    other.update();
    expect(bitsOf(parametersOf(learner))).toEqual(bitsOf(parametersOf(other)));
    expect(bitsOf(parametersOf(learner))).not.toEqual(bitsOf(sixteen));
  }
});

// Seen elsewhere: the size of a fraction taken with the abs of whole numbers, so that a slope is right only at whole ones.
describe("an activation's derivative is its slope, at fractions, far out, and on both sides of 0", () => {
  const inputs = [0.001, 0.02, 0.4, 0.999, 1.001, 2.5, 8, 20].flatMap((x) => [-x, x]);
  const H = 1e-5;
  const cases = (Object.keys(activations) as ReferenceLayer["activation"][])
    .concat("softmax")
    // Beside an input of 20, all shares of a softmax but one are 0: so once more, nearer together.
    .map((name, k, {length}) => ({name, scale: k === length - 1 ? 0.05 : 1}));
  test.each(cases)("$name, inputs times $scale", ({name, scale}) => {
    const size = inputs.length;
    const x = Array.from(inputs, (input) => Math.fround(input * scale));
    const delta = drawNumbers(drawer(5), size);
    const operator = activations[name as keyof typeof activations].runtime;
    const {step, inputDelta} = stepOf(operator, {input: x, outputs: size, outputDelta: delta});
    operator.forward(step);
    operator.backward(step);
    inputDelta.forEach((found, i) => {
      const along = (h: number) => weighted(x.map((value, k) => (k === i ? value + h : value)));
      const slope = (along(H) - along(-H)) / (2 * H);
      // The difference is good to 1e-10; outputs below 1 and deltas are rounded to float32, 2^-25 each, a few times.
      expect(Math.abs(found - slope)).toBeLessThan(2 ** -22);
    });

    /** Outputs for these inputs, in float64, times the deltas: a number with those deltas as its derivative. */
    function weighted(values: readonly number[]): number {
      const identity = Array.from({length: size * (size + 1)}, (_, k) =>
        k < size * size && Math.floor(k / size) === k % size ? 1 : 0,
      );
      const layers = [{inputs: size, units: size, activation: name}];
      const outputs = forward({layers, loss: "meanSquaredError"}, identity, values)[1];
      return outputs.reduce((sum, y, j) => sum + y * delta[j], 0);
    }
  });
});

// Seen elsewhere: an exponential made for speed puts these gradients up to 18 % off.
test("gradients of softmax with cross-entropy are right to a share of 2^-22, however small", () => {
  const draw = drawer(11);
  for (let n = 0; n < 200; n++) {
    const sums = [...drawNumbers(draw, 6, 12)];
    const {step, output} = stepOf(softmax, {input: sums, outputs: 6});
    softmax.forward(step);
    const arena = Float32Array.from([...output, 1, 0, 0, 0, 0, 0]);
    softmaxCrossEntropy.measure(arena, 0, 6, 6, Number.NaN);
    const largest = Math.max(...sums);
    const total = sums.reduce((sum, x) => sum + Math.exp(x - largest), 0);
    sums.forEach((x, j) => {
      const share = Math.exp(x - largest) / total;
      // Exponentials and shares are rounded to float32, 2^-24 each; p - 1 is only as good as 2^-24 of 1.
      if (j > 0) expect(Math.abs(arena[6 + j] / share - 1)).toBeLessThan(2 ** -22);
      else expect(Math.abs(arena[6] - (share - 1))).toBeLessThan(2 ** -23);
    });
  }
});

// Seen elsewhere: a cross-entropy that is infinite at a probability of 0, and a binary one that is NaN at 1.
describe("loss, gradients and parameters stay finite where probabilities are exactly 0 and 1", () => {
  const pairs = [
    ["softmax", "crossEntropy"],
    ["sigmoid", "crossEntropy"],
    ["softmax", "binaryCrossEntropy"],
    ["sigmoid", "binaryCrossEntropy"],
  ] as const;
  test.each(pairs)("%s, %s", (activation, loss) => {
    const start = {weights: [[0], [0]], biases: [200, -200]};
    const {image, model} = compile(
      checkDescription({
        name: "sure",
        input: {columns: ["x"]},
        preprocessing: [],
        layers: [{type: "dense", units: 2, activation, start}],
        loss,
      }),
      ["sgd"],
    );
    for (const label of [0, 1]) {
      const learner = new Learner(model, image, new Sgd());
      learner.network.load([1]);
      learner.network.predict();
      expect([...learner.network.output]).toEqual([1, 0]);
      const value = learner.learn(label);
      expect(value).toBeLessThanOrEqual(24 * Math.LN2);
      if (label === 1) expect(value).toBeGreaterThan(16);
      else expect(value).toBeLessThan(2 ** -22);
      expect(parametersOf(learner).every(Number.isFinite)).toBe(true);
    }
  });
});

// Seen elsewhere: softmax of a batch shifts every example by the first one's maximum; the others overflow, or divide by 0.
describe("softmax takes each example's own maximum", () => {
  const start = {weights: [[1], [0], [-1]], biases: [900, 900, 900]};
  const {image, model} = compile(
    checkDescription({
      name: "shift",
      input: {columns: ["x"]},
      preprocessing: [],
      layers: [{type: "dense", units: 3, activation: "softmax", start}],
    }),
    ["sgd"],
  );
  const examples = [0.5, 900, -0.25, -5000, 3000, 1];

  test("a prediction is the same whatever came before", () => {
    const network = new Network(model, image);
    for (const x of examples) {
      network.load([x]);
      network.predict();
      const alone = new Network(model, image);
      alone.load([x]);
      alone.predict();
      expect(bitsOf(network.output)).toEqual(bitsOf(alone.output));
      const sum = network.output.reduce((all, y) => all + y, 0);
      expect(Math.abs(sum - 1)).toBeLessThan(2 ** -23);
    }
  });

  test("a batch of examples of all sizes sums up the gradients that each has alone", () => {
    const gradientsAfter = (xs: readonly number[]) => {
      const learner = new Learner(model, image, new Sgd(), {batch: 100});
      const {arena, plan} = learner.network;
      for (const x of xs) {
        learner.network.load([x]);
        learner.learn(0);
      }
      return arena.slice(plan.gradientsAt, plan.gradientsAt + plan.learned);
    };
    const sum = new Float32Array(6);
    for (const x of examples) {
      const own = gradientsAfter([x]);
      for (let k = 0; k < sum.length; k++) sum[k] += own[k];
    }
    expect(bitsOf(gradientsAfter(examples))).toEqual(bitsOf(sum));
  });
});
