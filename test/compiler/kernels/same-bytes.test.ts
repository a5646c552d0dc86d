import {expect, test} from "vitest";
import {checkDescription} from "../../../compiler/description/read.js";
import type {Description, DescriptionSource} from "../../../compiler/description/schema.js";
import {makeOptimizer, optimizerNames} from "../../../compiler/optimizers.js";
import {featureCount} from "../../../compiler/preprocessing/stages.js";
import {
  type NumberFormat,
  numberFormats,
  type Quantization,
} from "../../../compiler/quantization/quantization.js";
import {classCount} from "../../../runtime/image/labels.js";
import {Learner} from "../../../runtime/learner.js";
import {Network} from "../../../runtime/network.js";
import type {Step} from "../../../runtime/ops/operator.js";
import type {LearnedPlaces, Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {drawer, drawNumbers} from "../../runtime/reference/draw.js";
import {randomDescriptions} from "../random-descriptions.js";
import {inEverySet, lastingOf} from "./kernel-sets.js";

/** More inputs than a function has locals, more outputs than it has sums, and a penalized layer. */
const wide = checkDescription({
  name: "wide",
  input: {columns: Array.from({length: 150}, (_, k) => `column ${k}`)},
  preprocessing: [],
  layers: [
    {type: "dense", units: 50, activation: "relu"},
    {type: "dense", units: 37, activation: "relu"},
    {type: "dense", units: 9, activation: "sigmoid", l2: 0.01},
    {type: "dense", units: 60, activation: "softmax"},
  ],
});

const descriptions = [...randomDescriptions(40), wide];

function quantizationOf(format: NumberFormat, description: Description): Quantization {
  const draw = drawer(7);
  const rows = [1, 2, 3].map(() => drawNumbers(draw, featureCount(description.input), 2));
  return format === "int8" ? {format, rows, percentile: 100} : {format};
}

/** All of an arena; NaN has one text, as its payload is not part of the numbers contract, and -0 is not 0. */
function textsOf(arena: Float32Array): string {
  return Array.from(arena, (value) => (Object.is(value, -0) ? "-0" : `${value}`)).join(" ");
}

/** Ordinary inputs, zeros of both signs, and numbers that are none. */
function inputsOf(size: number): Float32Array[] {
  const draw = drawer(5);
  const ordinary = Array.from({length: 4}, () => drawNumbers(draw, size, 2));
  const special = [-0, 0, Number.NaN, Infinity, -Infinity, 3e38, 1e-45];
  const mixed = special.map((value, k) => ordinary[0].map((x, i) => (i % 3 === k % 3 ? value : x)));
  return [...ordinary, ...mixed, ...special.map((value) => new Float32Array(size).fill(value))];
}

test.each(numberFormats)(
  "inference in %s leaves the same arena with every set of kernels",
  async (format) => {
    for (const description of descriptions) {
      const [portable, ...others] = await inEverySet(description, [], quantizationOf(format, description));
      for (const {kernels, model, image} of others) {
        const network = new Network(model, image);
        const reference = new Network(portable.model, image);
        for (const input of inputsOf(network.input.length)) {
          const [given, wanted] = [network, reference].map((one) => {
            one.input.set(input);
            one.predict();
            return textsOf(one.arena);
          });
          const of = `${description.name}, ${kernels}, input ${input[0]}: `;
          expect(of + given).toBe(of + wanted);
        }
      }
    }
  },
);

/** An example at once goes another way through the runtime than one in slices. */
const hows = ["at once", "in one slice", "in slices"] as const;

/** Learns some examples; each at once, in one slice or in many. @returns what lasts, and the outputs, after each */
function learn(learner: Learner, how: (typeof hows)[number]): string {
  const {network, target} = learner;
  const draw = drawer(9);
  return Array.from({length: 5}, (_, n) => {
    network.input.set(drawNumbers(draw, network.input.length, 1));
    const isClasses = network.loss.name.toLowerCase().includes("entropy");
    const label = n % classCount(target.length);
    if (!isClasses) target.set(drawNumbers(draw, target.length, 0.5));
    if (how === "at once") {
      if (isClasses) learner.learn(label);
      else learner.learnTarget();
    } else {
      if (isClasses) learner.begin(label);
      else learner.beginTarget();
      while (!learner.work(how === "in slices" ? learner.smallestBudget + n : Infinity))
        expect(learner.isWorking).toBe(true);
    }
    return `${textsOf(lastingOf(network))}, ${textsOf(network.output)}`;
  }).join("\n");
}

test.each(optimizerNames)(
  "learning with %s leaves the same parameters, states and outputs with every set of kernels, at once and in slices",
  async (optimizer) => {
    for (const [k, description] of descriptions.entries()) {
      const format = numberFormats[k % 3];
      const layers = k % 2 === 0 ? undefined : 1 + (k % Math.min(2, description.layers.length));
      // Where the plans of several ways share code, it takes its places from the step.
      const ways = [{optimizer, layers}, ...(k % 4 === 0 ? optimizerNames : [])];
      const sets = await inEverySet(description, ways, quantizationOf(format, description));
      const learnWith = ({model, image}: (typeof sets)[number], how: (typeof hows)[number]) => {
        const made = makeOptimizer(optimizer, {learningRate: 0.05});
        return learn(new Learner(model, image, made, {layers, batch: made.gradients === 0 ? 1 : 3}), how);
      };
      const wanted = learnWith(sets[0], "in one slice");
      for (const set of sets) {
        for (const how of hows) {
          const of = `${description.name}, ${format}, ${set.kernels}, ${how}: `;
          expect(of + learnWith(set, how)).toBe(of + wanted);
        }
      }
    }
  },
);

/** Descent by the sign alone: in place as OnlineSgd, and keeping nothing either, but what it does to a row is its own. */
class SignDescent implements Optimizer {
  readonly name = "sign descent";
  readonly gradients = 0;
  readonly states = 0;
  readonly cost = 1;
  learningRate = 0.01;

  learnRows(step: Step, _places: LearnedPlaces, learningRate: number, from: number, to: number): void {
    const {arena, parametersAt, inputAt, inputSize, outputSize, outputDeltaAt} = step;
    for (let j = from; j < to; j++) {
      const delta = arena[outputDeltaAt + j];
      for (let i = 0; i < inputSize; i++)
        arena[parametersAt + j * inputSize + i] -= learningRate * Math.sign(delta * arena[inputAt + i]);
      arena[parametersAt + inputSize * outputSize + j] -= learningRate * Math.sign(delta);
    }
  }
}

test("an optimizer of one's own that works in place learns the same with every set of kernels", async () => {
  for (const description of descriptions) {
    const sets = await inEverySet(description, ["online-sgd"], {format: "float32"});
    const learnWith = ({model, image}: (typeof sets)[number], how: (typeof hows)[number]) =>
      learn(new Learner(model, image, new SignDescent()), how);
    const wanted = learnWith(sets[0], "in one slice");
    for (const set of sets)
      for (const how of hows) {
        const of = `${description.name}, ${set.kernels}, ${how}: `;
        expect(of + learnWith(set, how)).toBe(of + wanted);
      }
  }
});

test.each(["linear", "relu"] as const)(
  "weights of 0 and -0 keep signs and let NaN through, %s",
  async (activation) => {
    const weights = [
      [0, -0, 1],
      [-0, -0, -0],
      [0, 0, 0],
      [-1, 0.1, 2],
    ];
    const source: DescriptionSource = {
      name: "zeros",
      input: {columns: ["a", "b", "c"]},
      preprocessing: [],
      layers: [{type: "dense", units: 4, activation, start: {weights, biases: [-0, -0, 0, -0]}}],
      loss: "meanSquaredError",
    };
    const sets = await inEverySet(checkDescription(source), [], {format: "float32"});
    const outputs = sets.map(({model, image}) => {
      const network = new Network(model, image);
      return [0, -0, 1, Number.NaN, Infinity].map((value) => {
        network.input.fill(value);
        network.predict();
        return textsOf(network.output);
      });
    });
    for (const given of outputs) expect(given).toEqual(outputs[0]);
    const [ofZero, , ofOne, ofNaN, ofInfinity] = outputs[1];
    expect(ofNaN).toBe("NaN NaN NaN NaN");
    // Infinity times 0 is no number, though the weight is; and a sum of -0 is 0 behind a ReLU.
    expect(ofInfinity).toBe("NaN NaN NaN NaN");
    expect(ofZero).toBe(activation === "relu" ? "0 0 0 0" : "0 -0 0 0");
    expect(ofOne.split(" ")[1]).toBe(activation === "relu" ? "0" : "-0");
  },
);
