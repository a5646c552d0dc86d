import {describe, expect, test} from "vitest";
import {InputError} from "../../../runtime/input-error.js";
import type {Learner} from "../../../runtime/learner.js";
import type {Loss} from "../../../runtime/losses/loss.js";
import type {Model} from "../../../runtime/model.js";
import type {Operator} from "../../../runtime/ops/operator.js";
import type {Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {bitsOf, drawer, drawNumbers} from "../reference/draw.js";
import {refusalOf} from "../refusal-of.js";
import {CLASSES, INPUTS, learnerOf, optimizersAndWays, parametersOf, ways} from "./ways.js";

/** The last batch of 3 is not full. */
const EXAMPLES = 11;

interface Outcome {
  readonly parameters: number[];
  readonly losses: number[];
  readonly penalties: number[];
}

/** Learns some examples, and what then is pending. @param goOn learns what was begun, to its end */
function learnAll(learner: Learner, goOn: (learner: Learner) => void): Outcome {
  const draw = drawer(8);
  const losses: number[] = [];
  const penalties: number[] = [];
  for (let n = 0; n < EXAMPLES; n++) {
    learner.network.load(drawNumbers(draw, INPUTS, 2));
    learner.begin(n % CLASSES);
    goOn(learner);
    losses.push(learner.dataLoss);
    penalties.push(learner.penalty);
  }
  learner.beginUpdate();
  goOn(learner);
  return {parameters: bitsOf(parametersOf(learner)), losses, penalties};
}

function inOneGo(learner: Learner): Outcome {
  const draw = drawer(8);
  const losses: number[] = [];
  const penalties: number[] = [];
  for (let n = 0; n < EXAMPLES; n++) {
    learner.network.load(drawNumbers(draw, INPUTS, 2));
    const loss = learner.learn(n % CLASSES);
    expect(loss).toBe(learner.dataLoss + learner.penalty);
    losses.push(learner.dataLoss);
    penalties.push(learner.penalty);
  }
  learner.update();
  return {parameters: bitsOf(parametersOf(learner)), losses, penalties};
}

describe("slices of any length give the same bytes as one go", () => {
  test.each(optimizersAndWays)("$title", ({optimizer, way}) => {
    const wanted = inOneGo(learnerOf(optimizer, way));
    for (let seed = 0; seed < 12; seed++) {
      const draw = drawer(seed);
      const given = learnAll(learnerOf(optimizer, way), (learner) => {
        const smallest = learner.smallestBudget;
        // The smallest budget alone, then ever larger ones, which no unit's cost divides.
        const budget = () => smallest + Math.floor(seed * 17 * draw());
        while (!learner.work(budget())) expect(learner.isWorking).toBe(true);
        expect(learner.isWorking).toBe(false);
      });
      expect(given).toEqual(wanted);
    }
  });
});

/** Counts multiplications, divisions and roots of an update, from the optimizers' formulas. */
const costOfUpdate: Readonly<Record<string, number>> = {
  "online-sgd": 0,
  "online-adam": 7, // delta x, beta1 m, beta2 v, q q, rate m, root, division
  sgd: 1, // rate g
  momentum: 2, // gamma v, rate g
  adagrad: 5, // g / n, g g, rate g, root, division
  rmsprop: 7, // g / n, rho v, (1 - rho) g g, rate g, root, division
  adam: 10, // g / n, beta1 m, (1 - beta1) g, beta2 v, (1 - beta2) g g, rate m, v / c, root, division
};

/** The same model, whose operators and loss add what they multiply to `count`. */
function counting(model: Model, count: (multiplications: number) => void): Model {
  const counted = (one: Operator): Operator => {
    const {addGradients, learn, forwardLearning} = one;
    if (addGradients === undefined || learn === undefined) {
      return {
        ...one,
        forward(step) {
          count(step.outputSize);
          one.forward(step);
        },
        ...(forwardLearning && {
          forwardLearning(step, random) {
            count(step.outputSize);
            forwardLearning(step, random);
          },
        }),
        backward(step) {
          count(step.outputSize);
          one.backward(step);
        },
      };
    }
    return {
      ...one,
      forward(step, from = 0, to = step.outputSize) {
        count((to - from) * step.inputSize);
        one.forward(step, from, to);
      },
      backward(step, from = 0, to = step.inputSize) {
        count((to - from) * step.outputSize);
        one.backward(step, from, to);
      },
      addGradients(step, from = 0, to = step.outputSize) {
        count((to - from) * step.inputSize);
        addGradients(step, from, to);
      },
      learn(step, rate, from = 0, to = step.inputSize + 1) {
        // Two for each weight, its delta's and its change's; one for each bias, which come behind the inputs.
        const inputs = Math.min(to, step.inputSize) - from;
        count(2 * inputs * step.outputSize + (to > step.inputSize ? step.outputSize : 0));
        learn(step, rate, from, to);
      },
    };
  };
  const loss: Loss = {
    ...model.loss,
    measure(arena, outputAt, deltaAt, size, inputAt) {
      count(size);
      return model.loss.measure(arena, outputAt, deltaAt, size, inputAt);
    },
  };
  return {...model, operators: model.operators.map(counted), loss};
}

function countUpdates(optimizer: Optimizer, count: (multiplications: number) => void): void {
  const {update, learnRows} = optimizer;
  if (learnRows !== undefined)
    optimizer.learnRows = (step, places, rate, from, to) => {
      count((to - from) * (step.inputSize + 1) * costOfUpdate[optimizer.name]);
      learnRows.call(optimizer, step, places, rate, from, to);
    };
  if (update === undefined) return;
  optimizer.update = (arena, places, from, to, rate, examples) => {
    count((to - from) * costOfUpdate[optimizer.name]);
    update.call(optimizer, arena, places, from, to, rate, examples);
  };
}

describe("no call of work spends more than its budget", () => {
  test.each(optimizersAndWays)("$title", ({optimizer, way}) => {
    let spent = 0;
    const count = (multiplications: number) => {
      spent += multiplications;
    };
    const learner = learnerOf(optimizer, way, (model) => counting(model, count));
    countUpdates(learner.optimizer, count);
    const draw = drawer(3);
    let calls = 0;
    let all = 0;
    learnAll(learner, () => {
      let isThrough = false;
      while (!isThrough) {
        const budget = learner.smallestBudget + Math.floor(30 * draw());
        spent = 0;
        isThrough = learner.work(budget);
        expect(spent).toBeLessThanOrEqual(budget);
        calls++;
        all += spent;
      }
    });
    // Three layers of 35, 42 and 18 weights, forward and back, or the last one's back alone.
    expect(all).toBeGreaterThan(EXAMPLES * (95 + 18));
    expect(calls).toBeGreaterThan(3 * EXAMPLES);
  });
});

describe("the smallest budget", () => {
  test.each(optimizersAndWays)(
    "is refused when it is one less, which loses nothing: $title",
    ({optimizer, way}) => {
      const wanted = inOneGo(learnerOf(optimizer, way));
      let refused = 0;
      const given = learnAll(learnerOf(optimizer, way), (learner) => {
        const smallest = learner.smallestBudget;
        for (;;) {
          try {
            if (learner.work(smallest - 1)) return;
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            const found = `work(budget): expected at least ${smallest}, found ${smallest - 1}. Give it a larger budget.`;
            expect((error as InputError).message).toBe(found);
            refused++;
            if (learner.work(smallest)) return;
          }
        }
      });
      expect(refused).toBeGreaterThan(0);
      expect(given).toEqual(wanted);
    },
  );

  test.each([0, -1, Number.NaN])("is more than %s", (budget) => {
    const learner = learnerOf("sgd", ways[0]);
    learner.begin(0);
    // Eight outputs on seven inputs can't be cut on the way back.
    expect(() => learner.work(budget)).toThrow(`work(budget): expected at least 56, found ${budget}.`);
  });
});

describe("while an example is under way", () => {
  const busy =
    "learner: expected no example under way, found one that is not through. Call work() until it returns true.";
  test.each([
    ["begin", (learner: Learner) => learner.begin(0)],
    ["beginTarget", (learner: Learner) => learner.beginTarget()],
    ["learn", (learner: Learner) => learner.learn(0)],
    ["learnTarget", (learner: Learner) => learner.learnTarget()],
    ["update", (learner: Learner) => learner.update()],
    ["beginUpdate", (learner: Learner) => learner.beginUpdate()],
    ["keepBest", (learner: Learner) => learner.keepBest()],
  ])("%s is refused, and the example comes to its end as if nothing had been", (_name, call) => {
    const way = ways[ways.length - 1];
    const wanted = inOneGo(learnerOf("adam", way));
    const given = learnAll(learnerOf("adam", way), (learner) => {
      const {smallestBudget} = learner;
      while (!learner.work(smallestBudget)) expect(refusalOf(() => call(learner))).toBe(busy);
    });
    expect(given).toEqual(wanted);
  });

  test("reset forgets it", () => {
    const way = ways[ways.length - 1];
    const learner = learnerOf("adam", way);
    learner.network.load([1, 2, 3, 4, 5]);
    learner.begin(2);
    learner.work(learner.smallestBudget);
    learner.reset();
    expect(learner.isWorking).toBe(false);
    expect(inOneGo(learner)).toEqual(inOneGo(learnerOf("adam", way)));
  });
});

test("work has nothing to do when nothing was begun, and an update without pending examples is none", () => {
  const learner = learnerOf("adam", ways[0]);
  const before = bitsOf(learner.network.arena);
  expect(learner.work(1)).toBe(true);
  learner.beginUpdate();
  expect(learner.isWorking).toBe(false);
  expect(learner.work(1)).toBe(true);
  expect([learner.updates, bitsOf(learner.network.arena)]).toEqual([0, before]);
});

test("a rate set by hand while an update is under way counts from the next one on", () => {
  const [one, other] = [0, 1].map(() => learnerOf("sgd", ways[0]));
  const inputs = drawNumbers(drawer(2), INPUTS);
  for (const learner of [one, other]) {
    learner.network.load(inputs);
    learner.learn(1);
    learner.beginUpdate();
  }
  one.work(Infinity);
  other.work(other.smallestBudget);
  other.optimizer.learningRate = 7;
  while (!other.work(other.smallestBudget)) {}
  expect(bitsOf(parametersOf(other))).toEqual(bitsOf(parametersOf(one)));
  expect(other.learningRate).toBe(7);
});
