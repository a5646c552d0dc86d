import {describe, expect, test} from "vitest";
import {Learner} from "../../runtime/learner.js";
import {Sgd} from "../../runtime/optimizers/sgd.js";
import {drawer, drawNumbers} from "./reference/draw.js";
import {forward, gradientOf, lossOf, type ReferenceNetwork} from "./reference/network.js";
import {compileUnits, referenceOf, type Units} from "./small-model.js";

/**
 * Finite differences of a float64 loss against the gradients in the arena. The difference is good to about
 * h^2 + 2^-52 / h, 1e-10; what is left are the roundings of activations, deltas and gradients to float32, 2^-24 each of
 * numbers of about 1: less than 2e-6 in all, where a wrong derivative would be off by 1e-2 and more.
 */
const TOLERANCE = 2e-6;
const H = 1e-5;
const INPUTS = 4;
const EXAMPLES = 3;

const heads: readonly (readonly [Units[number], ReferenceNetwork["loss"]])[] = [
  [[3, "softmax"], "crossEntropy"],
  ...(["meanSquaredError", "meanAbsoluteError"] as const).flatMap((loss) =>
    (["softmax", "sigmoid", "tanh", "relu", "leakyRelu", "linear"] as const).map(
      (activation) => [[3, activation], loss] as const,
    ),
  ),
];
const bodies: readonly Units[] = [
  [],
  [[5, "relu"]],
  [[5, "leakyRelu"]],
  [[5, "sigmoid"]],
  [[5, "tanh"]],
  [[5, "linear"]],
  [
    [6, "relu"],
    [5, "sigmoid"],
  ],
  [
    [6, "tanh"],
    [5, "leakyRelu"],
  ],
];
const cases = heads.flatMap(([head, loss]) =>
  bodies.map((body) => {
    const layers = [...body, head];
    const title = `${layers.map(([units, activation]) => `${units} ${activation}`).join(", ")}, ${loss}`;
    return {title, layers, loss};
  }),
);

describe("gradients are the slopes of the loss", () => {
  test.each(cases)("$title", ({layers, loss}) => {
    const draw = drawer(layers.length * 10 + loss.length);
    const {image, model} = compileUnits(INPUTS, layers, loss, ["sgd"], 3);
    const reference = referenceOf(INPUTS, layers, loss);
    // A batch that never fills, so that no update takes the gradients away.
    const learner = new Learner(model, image, new Sgd(), {batch: EXAMPLES + 1});
    const {arena, plan} = learner.network;
    const parameters = arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
    parameters.set(drawNumbers(draw, parameters.length, 0.8));
    const gradients = arena.subarray(plan.gradientsAt, plan.gradientsAt + plan.learned);
    const wanted = new Float64Array(parameters.length);
    const byFormula = new Float64Array(parameters.length);
    for (let n = 0; n < EXAMPLES; n++) {
      const input = drawNumbers(draw, INPUTS, 2);
      const target = loss === "crossEntropy" ? [0, 1, 2].map((k) => (k === n ? 1 : 0)) : drawNumbers(draw, 3);
      expect(farFromKinks(input, target)).toBe(true);
      learner.network.input.set(input);
      learner.target.set(target);
      const value = learner.learnTarget();
      expect(Math.abs(value - lossOf(reference, parameters, input, target))).toBeLessThan(TOLERANCE);
      gradientOf(reference, parameters, input, target).forEach((g, k) => {
        byFormula[k] += g;
        wanted[k] += slope(input, target, k);
      });
    }
    for (let k = 0; k < parameters.length; k++) {
      // The second implementation first: a defect in the differences themselves would show there.
      expect(Math.abs(byFormula[k] - wanted[k])).toBeLessThan(1e-8);
      expect(Math.abs(gradients[k] - wanted[k])).toBeLessThan(TOLERANCE);
    }
    expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(0.05);

    function slope(input: Float32Array, target: ArrayLike<number>, k: number): number {
      const moved = Float64Array.from(parameters);
      moved[k] = parameters[k] + H;
      const above = lossOf(reference, moved, input, target);
      moved[k] = parameters[k] - H;
      return (above - lossOf(reference, moved, input, target)) / (2 * H);
    }

    /** A rectifier has no slope at 0, nor has an absolute error: no sum may be as near to it as a difference goes. */
    function farFromKinks(input: Float32Array, target: ArrayLike<number>): boolean {
      const output = forward(reference, parameters, input)[layers.length];
      if (loss === "meanAbsoluteError" && output.some((y, j) => Math.abs(y - target[j]) < 1e-3)) return false;
      const linear = {...reference, layers: reference.layers.map((layer) => ({...layer}))};
      return reference.layers.every((layer, k) => {
        if (layer.activation !== "relu" && layer.activation !== "leakyRelu") return true;
        const layers = linear.layers.map((own, index) =>
          index === k ? {...own, activation: "linear" as const} : own,
        );
        return forward({...linear, layers}, parameters, input)[k + 1].every((sum) => Math.abs(sum) > 1e-3);
      });
    }
  });
});
