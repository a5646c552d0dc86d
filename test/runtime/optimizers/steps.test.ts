import {describe, expect, test} from "vitest";
import type {OptimizerName} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import {AdaGrad} from "../../../runtime/optimizers/adagrad.js";
import {Adam} from "../../../runtime/optimizers/adam.js";
import {Momentum} from "../../../runtime/optimizers/momentum.js";
import {OnlineAdam} from "../../../runtime/optimizers/online-adam.js";
import {OnlineSgd} from "../../../runtime/optimizers/online-sgd.js";
import type {Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {RmsProp} from "../../../runtime/optimizers/rmsprop.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {Exponential} from "../../../runtime/schedules/exponential.js";
import {InverseTime} from "../../../runtime/schedules/inverse-time.js";
import {Plateau} from "../../../runtime/schedules/plateau.js";
import type {Schedule} from "../../../runtime/schedules/schedule.js";
import {Steps} from "../../../runtime/schedules/steps.js";
import {drawer, drawNumbers} from "../reference/draw.js";
import {gradientOf, penaltyGradientOf} from "../reference/network.js";
import {
  adagrad,
  adam,
  gradientDescent,
  momentum,
  type ReferenceOptimizer,
  rmsprop,
} from "../reference/optimizers.js";
import {compileLayers, referenceOf, type Units} from "../small-model.js";

/**
 * A step rounds each parameter by up to 2^-25 of about 1, 3e-8, and its gradient by about as much: fifty steps stay
 * below 4e-6 when errors add up and don't grow. Adam, AdaGrad and RMSProp divide by the gradient's own size, which makes
 * rounding count for more where gradients are small.
 */
const TOLERANCE = 2e-5;
const layers: Units = [
  [7, "sigmoid"],
  [3, "softmax"],
];
const UPDATES = 50;

const cases: readonly {
  readonly name: OptimizerName;
  readonly make: () => Optimizer;
  readonly reference: () => ReferenceOptimizer;
  readonly batch: number;
}[] = [
  {
    name: "online-sgd",
    make: () => new OnlineSgd({learningRate: 0.1}),
    reference: () => gradientDescent(0.1),
    batch: 1,
  },
  {
    name: "online-adam",
    make: () => new OnlineAdam({learningRate: 0.01}),
    reference: () => adam(0.01),
    batch: 1,
  },
  {
    name: "online-adam",
    make: () => new OnlineAdam({learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3}),
    reference: () => adam(0.01, 0.5, 0.9, 1e-3),
    batch: 1,
  },
  {name: "sgd", make: () => new Sgd({learningRate: 0.2}), reference: () => gradientDescent(0.2), batch: 4},
  {name: "momentum", make: () => new Momentum(), reference: () => momentum(0.01), batch: 4},
  {
    name: "momentum",
    make: () => new Momentum({learningRate: 0.1, gamma: 0.5}),
    reference: () => momentum(0.1, 0.5),
    batch: 3,
  },
  {name: "adagrad", make: () => new AdaGrad(), reference: () => adagrad(0.05), batch: 4},
  {
    name: "adagrad",
    make: () => new AdaGrad({learningRate: 0.1, epsilon: 1e-3}),
    reference: () => adagrad(0.1, 1e-3),
    batch: 1,
  },
  {name: "rmsprop", make: () => new RmsProp(), reference: () => rmsprop(0.001), batch: 4},
  {
    name: "rmsprop",
    make: () => new RmsProp({learningRate: 0.01, rho: 0.5, epsilon: 1e-3}),
    reference: () => rmsprop(0.01, 0.5, 1e-3),
    batch: 3,
  },
  {name: "adam", make: () => new Adam({learningRate: 0.01}), reference: () => adam(0.01), batch: 4},
  {name: "adam", make: () => new Adam(), reference: () => adam(0.001), batch: 1},
  {
    name: "adam",
    make: () => new Adam({learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3}),
    reference: () => adam(0.01, 0.5, 0.9, 1e-3),
    batch: 3,
  },
];

interface Variant {
  readonly title: string;
  /** Powers of two, which the image's float32 holds exactly; those of the biases too. */
  readonly penalties?: {
    readonly l1?: number;
    readonly l2?: number;
    readonly biasL1?: number;
    readonly biasL2?: number;
  };
  /** A plateau is told the same loss after each update. */
  readonly schedule?: () => Schedule;
  readonly factor?: (update: number) => number;
  readonly clipValue?: number;
  readonly clipNorm?: number;
}

const variants: readonly Variant[] = [
  {title: "nothing beside"},
  {title: "L2", penalties: {l2: 2 ** -6}},
  {title: "L1", penalties: {l1: 2 ** -8}},
  {
    title: "L1 and L2 on weights and biases",
    penalties: {l1: 2 ** -9, l2: 2 ** -7, biasL1: 2 ** -8, biasL2: 2 ** -6},
  },
  {
    title: "inverse time decay",
    schedule: () => new InverseTime({decay: 0.1}),
    factor: (update) => 1 / (1 + 0.1 * update),
  },
  {
    title: "exponential decay",
    schedule: () => new Exponential({decay: 0.05}),
    factor: (update) => Math.exp(-0.05 * update),
  },
  {
    title: "decay by steps",
    schedule: () => new Steps({every: 7, drop: 0.75}),
    factor: (update) => 0.75 ** Math.floor(update / 7),
  },
  {
    title: "a plateau",
    schedule: () => new Plateau({patience: 5}),
    // All losses reported are the same: the first is the lowest, and each five after it halve the rate.
    factor: (update) => 0.5 ** Math.floor(Math.max(0, update - 1) / 5),
  },
  {title: "clipping by value", clipValue: 0.05},
  {title: "clipping by norm", clipNorm: 0.1},
  {
    title: "all together",
    penalties: {l1: 2 ** -9, l2: 2 ** -7, biasL1: 2 ** -8, biasL2: 2 ** -6},
    schedule: () => new InverseTime({decay: 0.02}),
    factor: (update) => 1 / (1 + 0.02 * update),
    clipValue: 0.1,
    clipNorm: 0.2,
  },
];

/** By value first, then all by the norm of what is left. */
function clipped(
  gradient: readonly number[],
  {clipValue = Infinity, clipNorm = Infinity}: Variant,
): number[] {
  const bounded = gradient.map((g) => Math.max(-clipValue, Math.min(clipValue, g)));
  const norm = Math.hypot(...bounded);
  return norm > clipNorm ? bounded.map((g) => (g * clipNorm) / norm) : bounded;
}

describe.each(variants)(
  "fifty updates come out as in float64, the last of a partial batch: $title",
  (variant) => {
    const {penalties, schedule, factor = () => 1, clipValue, clipNorm} = variant;
    const clips = clipValue !== undefined || clipNorm !== undefined;
    const known = cases.filter(({make}) => make().gradients > 0 || !clips);
    test.each(known)("$name, batch $batch", ({name, make, reference, batch}) => {
      const described = layers.map(([units, activation]) => ({
        type: "dense" as const,
        units,
        activation,
        ...penalties,
      }));
      const {image, model} = compileLayers(5, described, "crossEntropy", [name]);
      const made = schedule?.();
      const learner = new Learner(model, image, make(), {batch, schedule: made, clipValue, clipNorm});
      const {arena, plan} = learner.network;
      const parameters = arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
      const start = Array.from(parameters);
      const wanted = Array.from(parameters);
      const plain = referenceOf(5, layers, "crossEntropy");
      const network = {...plain, layers: plain.layers.map((layer) => ({...layer, ...penalties}))};
      const optimizer = reference();
      const draw = drawer(batch);
      let gradients: number[][] = [];
      let updates = 0;
      let clippings = 0;
      const end = () => {
        const penalty = penaltyGradientOf(network, wanted);
        const mean = wanted.map((_, k) => gradients.reduce((sum, g) => sum + g[k], 0) / gradients.length);
        const whole = mean.map((g, k) => g + penalty[k]);
        const gradient = clipped(whole, variant);
        if (gradient.some((g, k) => g !== whole[k])) clippings++;
        optimizer(wanted, gradient, factor(updates));
        updates++;
        gradients = [];
      };
      const examples = batch === 1 ? UPDATES : UPDATES * batch - 1;
      for (let n = 0; n < examples; n++) {
        const input = drawNumbers(draw, 5, 2);
        const label = Math.floor(3 * draw());
        const target = [0, 1, 2].map((k) => (k === label ? 1 : 0));
        gradients.push(gradientOf(network, wanted, input, target));
        expect(
          Math.abs(learner.learningRate / learner.optimizer.learningRate - factor(updates)),
        ).toBeLessThan(1e-14);
        if (gradients.length === batch) end();
        learner.network.load(input);
        learner.learn(label);
        expect([learner.pending, learner.updates]).toEqual([gradients.length, updates]);
        if (made instanceof Plateau && gradients.length === 0) made.report(1);
      }
      if (gradients.length > 0) end();
      learner.update();
      expect([learner.updates, updates]).toEqual([UPDATES, UPDATES]);
      expect(clippings > 0).toBe(clips);
      wanted.forEach((value, k) => {
        expect(Math.abs(parameters[k] - value)).toBeLessThan(TOLERANCE);
      });
      expect(Math.max(...wanted.map((value, k) => Math.abs(value - start[k])))).toBeGreaterThan(0.005);
    });
  },
);

/** One update of `learned` parameters, all at once. */
function apply(
  optimizer: Optimizer,
  arena: Float32Array,
  parametersAt: number,
  gradientsAt: number,
  statesAt: number,
  learned: number,
  examples: number,
): void {
  optimizer.begin?.();
  const places = {parametersAt, gradientsAt, statesAt, learned};
  optimizer.update?.(arena, places, 0, learned, optimizer.learningRate, examples);
}

describe("by hand", () => {
  /** parameters 1, 2; gradients 6, -3; then room for the states. */
  const arenaOf = (...states: number[]) => Float32Array.from([1, 2, 6, -3, ...states]);

  test("sgd goes the learning rate times the mean gradient down", () => {
    const arena = arenaOf();
    apply(new Sgd({learningRate: 0.5}), arena, 0, 2, -1, 2, 3);
    expect([...arena]).toEqual([0, 2.5, 6, -3]);
  });

  test("Adam's first step is the learning rate against the gradient's sign, whatever its size", () => {
    const arena = arenaOf(0, 0, 0, 0);
    apply(new Adam({learningRate: 0.25}), arena, 0, 2, 4, 2, 3);
    // Up to epsilon: 1e-7 of a gradient of 1.
    expect(arena[0]).toBeCloseTo(0.75, 6);
    expect(arena[1]).toBeCloseTo(2.25, 6);
    expect([...arena.subarray(4)]).toEqual([0.2, -0.1, 0.004, 0.001].map(Math.fround));
  });

  test("Adam keeps still where the gradient always was 0", () => {
    const arena = Float32Array.from([1, 0, 0, 0]);
    const adam = new Adam();
    for (let n = 0; n < 100; n++) apply(adam, arena, 0, 1, 2, 1, 1);
    expect([...arena]).toEqual([1, 0, 0, 0]);
  });

  test("momentum keeps a share of the last step: with mean gradients 2 and -1, rate 0.5 and gamma 0.5", () => {
    const arena = arenaOf(0, 0);
    const momentum = new Momentum({learningRate: 0.5, gamma: 0.5});
    apply(momentum, arena, 0, 2, 4, 2, 3);
    expect([...arena]).toEqual([0, 2.5, 6, -3, 1, -0.5]);
    apply(momentum, arena, 0, 2, 4, 2, 3);
    expect([...arena]).toEqual([-1.5, 3.25, 6, -3, 1.5, -0.75]);
  });

  test("AdaGrad divides by the root of all squares, here 5 + 2^2 and 8 + 1^2", () => {
    const arena = arenaOf(5, 8);
    apply(new AdaGrad({learningRate: 0.75, epsilon: 1}), arena, 0, 2, 4, 2, 3);
    // 1 - 0.75 * 2 / (3 + 1) and 2 + 0.75 * 1 / (3 + 1)
    expect([...arena]).toEqual([0.625, 2.1875, 6, -3, 9, 9]);
  });

  test("RMSProp divides by the root of the running mean, here (14 + 2^2) / 2 and (17 + 1^2) / 2", () => {
    const arena = arenaOf(14, 17);
    apply(new RmsProp({learningRate: 0.5, rho: 0.5, epsilon: 1}), arena, 0, 2, 4, 2, 3);
    // 1 - 0.5 * 2 / (3 + 1) and 2 + 0.5 * 1 / (3 + 1)
    expect([...arena]).toEqual([0.75, 2.125, 6, -3, 9, 9]);
  });

  test("RMSProp with a rho near 0 goes by the gradient's sign alone, with 0.9 it doesn't", () => {
    const stepsOf = (rho: number) => {
      const rmsprop = new RmsProp({learningRate: 1, rho});
      const arena = Float32Array.from([0, 0, 0]);
      return [100, 1].map((gradient) => {
        arena[0] = 0;
        arena[1] = gradient;
        apply(rmsprop, arena, 0, 1, 2, 1, 1);
        return -arena[0];
      });
    };
    // Up to epsilon, and to rho times what the large gradient left: 1e-6 * 100^2 of 1, whose root counts.
    expect(stepsOf(0).map(Math.round)).toEqual([1, 1]);
    expect(stepsOf(1e-6)[1]).toBeCloseTo(1, 2);
    expect(stepsOf(0.9)[1]).toBeLessThan(0.04);
  });

  test.each([Momentum, AdaGrad, RmsProp])("$name keeps still where the gradient always was 0", (Kind) => {
    const arena = Float32Array.from([1, 0, 0]);
    const optimizer = new Kind();
    for (let n = 0; n < 100; n++) apply(optimizer, arena, 0, 1, 2, 1, 1);
    expect([...arena]).toEqual([1, 0, 0]);
  });

  test("a learning rate set later counts from then on", () => {
    const arena = arenaOf();
    const sgd = new Sgd({learningRate: 0.5});
    sgd.learningRate = 1;
    apply(sgd, arena, 0, 2, -1, 2, 3);
    expect([...arena]).toEqual([-1, 3, 6, -3]);
  });
});
