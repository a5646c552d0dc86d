import {expect, test} from "vitest";
import {Section} from "../../../runtime/image/format.js";
import {InputError} from "../../../runtime/input-error.js";
import {Learner} from "../../../runtime/learner.js";
import type {Model} from "../../../runtime/model.js";
import {Network} from "../../../runtime/network.js";
import type {Step} from "../../../runtime/ops/operator.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {drawer} from "../reference/draw.js";
import {compileGesture, compileLayers} from "../small-model.js";
import {fixCrc, sectionOf} from "./patch.js";

const MUTATIONS = 20_000;
/** Larger arenas are allowed and only slow: the words drawn stay below or above. */
const LARGEST_DRAWN = 1 << 16;
const LARGEST_ARENA = 1 << 28;

const gesture = compileGesture(["sgd"]);
/** With a dropout's mask and rate, and penalties. */
const regularized = compileLayers(
  3,
  [
    {type: "dense", units: 4, activation: "relu", dropout: 0.5, l1: 0.25},
    {type: "dense", units: 2, activation: "softmax", biasL2: 0.5},
  ],
  "crossEntropy",
  ["sgd"],
);

/** Every word but the CRC-32 and those of parameters, transforms' constants and metadata, which nothing checks. */
function wordsThatMatter(image: Uint8Array, rates: readonly number[]): number[] {
  const unchecked = [Section.constants, Section.metadata].map((kind) => sectionOf(image, kind));
  const isUnchecked = (k: number) => unchecked.some(({at, bytes}) => 4 * k >= at && 4 * k < at + bytes);
  const ofRates = rates.map((rate) => unchecked[0].at / 4 + rate);
  const all = Array.from({length: image.length / 4}, (_, k) => k);
  return [...all.filter((k) => k !== 3 && !isUnchecked(k)), ...ofRates];
}

test.each([
  ["of a window", gesture, []],
  ["with dropout and penalties", regularized, [16]],
] as const)(
  "20,000 images with words changed at random and the CRC-32 made right are refused, or run inside their arena: %s",
  (_title, {image, model}, rates) => {
    const draw = drawer(2026);
    const places = wordsThatMatter(image, rates);
    const original = new Int32Array(image.buffer);
    const below = (n: number) => Math.floor(draw() * n);
    const kinds: readonly ((place: number) => number)[] = [
      (place) => original[place] + below(5) - 2,
      () => below(80) - 8,
      () => original[places[below(places.length)]],
      () => [0, -1, 0x7fffffff, -0x80000000, 65536, 0x40000000, 255][below(7)],
      () => Math.floor(draw() * 2 ** 32) | 0,
      (place) => original[place] ^ (1 << below(32)),
    ];
    const refusals = new Set<string>();
    let opened = 0;
    for (let n = 0; n < MUTATIONS; n++) {
      const bytes = image.slice();
      const words = new Int32Array(bytes.buffer);
      for (let changes = 1 + below(3); changes > 0; changes--) {
        const place = places[below(places.length)];
        const value = kinds[below(kinds.length)](place);
        words[place] = value > LARGEST_DRAWN && value <= LARGEST_ARENA ? LARGEST_DRAWN : value;
      }
      fixCrc(bytes);
      try {
        run(model, bytes, n % 2 === 0);
        opened++;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        refusals.add(error.place);
      }
    }
    // The changes reach all kinds of checks, and some leave an image that is still good.
    expect(refusals.size).toBeGreaterThan(25);
    expect(opened).toBeGreaterThan(200);
  },
);

function run(model: Model, bytes: Uint8Array, learns: boolean): void {
  const learner = learns ? new Learner(model, bytes, new Sgd()) : undefined;
  const network = learner?.network ?? new Network(model, bytes);
  const {arena, plan, window, input, output, steps} = network;
  const inside = (at: number, size: number, what: string, area = arena.length) => {
    if (!(at >= 0 && size >= 0 && at + size <= area)) throw new Error(`${what} lie outside`);
  };
  inside(plan.inputAt, input.length, "inputs");
  for (const step of steps) checkStep(step, inside);
  if (learner !== undefined) {
    inside(plan.parametersAt, plan.learned, "parameters");
    inside(plan.gradientsAt, plan.learned, "gradients");
    if (learner.target.length !== output.length) throw new Error("targets are cut off");
  }
  if (window !== undefined) {
    // A sample and at least two numbers of state for each axis; what a choice takes beyond is in the refusals' cases.
    inside(plan.windowAt, 3 * window.sample.length, "window and state");
    window.length = 3;
    while (!window.add());
  }
  network.load(new Float32Array(input.length));
  network.classify();
  learner?.learn(0);
  network.reset();
}

function checkStep(
  step: Step,
  inside: (at: number, size: number, what: string, area?: number) => void,
): void {
  const {operator, inputAt, inputSize, outputAt, outputSize, outputDeltaAt, inputDeltaAt, gradientsAt} = step;
  const count = operator.parameterCount(inputSize, outputSize);
  inside(inputAt, inputSize, "inputs");
  inside(outputAt, outputSize, "outputs");
  if (count > 0) inside(step.parametersAt, count, "parameters", step.parameters.length);
  if (gradientsAt >= 0) {
    inside(gradientsAt, count, "gradients");
    inside(outputDeltaAt, outputSize, "output deltas");
  }
  if (inputDeltaAt >= 0) inside(inputDeltaAt, inputSize, "input deltas");
  if (step.maskAt >= 0) inside(step.maskAt, operator.maskSize?.(outputSize) ?? 0, "mask");
}
