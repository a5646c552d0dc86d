import {readThreshold} from "./image/anomaly.js";
import {findKernels, giveKernels} from "./image/kernels.js";
import {readLabels} from "./image/labels.js";
import {type Image, openImage} from "./image/open.js";
import {Places} from "./image/places.js";
import {findPlan, type Learning, type Plan} from "./image/plan.js";
import {readPreprocessing, type Transforming} from "./image/preprocessing.js";
import {constantsAt, countOperators, firstLearningOf, giveArena, makeSteps} from "./image/program.js";
import {InputError} from "./input-error.js";
import {type Extras, extraSize} from "./learning/extras.js";
import type {Loss} from "./losses/loss.js";
import type {Model, PlanKernels} from "./model.js";
import type {NativeProgram} from "./native/native-program.js";
import type {ArenaViews, Step} from "./ops/operator.js";
import {Window, windowSize} from "./window.js";

/**
 * A compiled network, ready to run. Its arena is taken once, in the constructor, with the size that the compiler said;
 * nothing allocates afterwards.
 */
export class Network {
  /** What the first layer reads, after preprocessing: a view of as many numbers as the network has inputs. */
  readonly input: Float32Array;
  /** What the last layer wrote. */
  readonly output: Float32Array;
  /** The outputs' names, or none. */
  readonly labels: readonly string[];
  /** Fills the input from a sensor's samples; undefined when the model works on features that you measure yourself. */
  readonly window: Window | undefined;
  /** Everything that changes. For the learner and for tools. */
  readonly arena: Float32Array;
  /** The same bytes as 32-bit words and as int8 numbers. */
  readonly views: ArenaViews;
  readonly steps: readonly Step[];
  readonly plan: Plan;
  readonly inputAt: number;
  readonly loss: Loss;
  /** A score above it is an anomaly: the image's, or what a program sets here; undefined when neither said one. */
  threshold: number | undefined;
  /** The same steps for kernels in C; undefined where the model has none. */
  readonly native: NativeProgram | undefined;
  /** What was made for this image; undefined where the model has nothing such. */
  readonly kernels: PlanKernels | undefined;
  readonly #image: Image;
  readonly #transforming: readonly Transforming[];
  // Private to TypeScript alone, as what is looked at for each input.
  private readonly transforms: boolean;

  /**
   * @param model the compiled module's default export
   * @param source the image's bytes, on a device `new Resource("NAME.gnl")`
   * @param learning which of the image's plans to take, and what lies behind it; a Learner says it, leave it out for
   *   inference
   * @throws InputError for a damaged image, for one that needs operators or a loss which `model` doesn't link, or for a
   *   plan that the image doesn't hold
   */
  constructor(model: Model, source: ArrayBufferLike | ArrayBufferView, learning?: Learning & Extras) {
    checkModel(model);
    const image = openImage(source);
    const {program} = image;
    const count = countOperators(program);
    const firstLearning = learning === undefined ? count : firstLearningOf(program, model, learning.layers);
    const plan = findPlan(image.plans, count, learning, firstLearning);
    const places = new Places(plan);
    this.kernels = findKernels(image, model, plan, learning);
    this.steps = makeSteps(image, model, plan, places);
    if (this.kernels !== undefined) giveKernels(this.steps, this.kernels);
    const {collecting, transforming} = readPreprocessing(image, model, program[0]);
    if (collecting !== undefined) places.check("plan: window", plan.windowAt, windowSize(collecting));
    places.checkEnd();
    checkLoss(program[2], model.loss);
    this.loss = model.loss;
    this.arena = new Float32Array(
      plan.arenaSize + extraSize(learning, plan.learned, this.steps, firstLearning),
    );
    const {buffer} = this.arena;
    this.views = {words: new Int32Array(buffer), int8: new Int8Array(buffer)};
    giveArena(this.steps, plan.firstLearning, this.arena, this.views);
    this.plan = plan;
    this.inputAt = plan.inputAt;
    this.input = this.arena.subarray(plan.inputAt, plan.inputAt + program[0]);
    const {outputAt, outputSize} = this.steps[this.steps.length - 1];
    this.output = this.arena.subarray(outputAt, outputAt + outputSize);
    this.labels = readLabels(image.labels, outputSize);
    this.threshold = readThreshold(image, model.loss, outputSize);
    this.window = collecting && new Window(this, collecting, plan.windowAt);
    this.native = model.native?.open(image, this.steps, plan, this.arena, model);
    this.#image = image;
    this.#transforming = transforming;
    this.transforms = transforming.length > 0;
    this.reset();
  }

  /** CRC-32 of the image: what is stored of a network belongs to this image and no other. */
  get imageCrc(): number {
    return this.#image.crc;
  }

  /** Bytes of the arena. */
  get arenaBytes(): number {
    return this.arena.byteLength;
  }

  /**
   * Puts the parameters that learn back to what the image says, empties the window and forgets everything else in the
   * arena. A learner has a reset of its own.
   */
  reset(): void {
    this.arena.fill(0);
    if (this.window !== undefined) this.window.count = 0;
    const {constants, program} = this.#image;
    for (let k = this.plan.firstLearning; k < this.steps.length; k++) {
      const {operator, stored, parametersAt, inputSize, outputSize} = this.steps[k];
      if (stored.unpack !== undefined) {
        stored.unpack(this.steps[k], this.arena, parametersAt);
        continue;
      }
      const count = operator.parameterCount(inputSize, outputSize);
      const from = constantsAt(program, k);
      for (let i = 0; i < count; i++) this.arena[parametersAt + i] = constants[from + i];
    }
  }

  /**
   * Fills the input from features that you measured yourself, preprocessed as in training.
   * @param features as many numbers as the network has inputs
   */
  load(features: ArrayLike<number>): void {
    const {arena, inputAt} = this;
    const count = this.input.length;
    for (let i = 0; i < count; i++) arena[inputAt + i] = features[i];
    if (this.transforms) this.transform();
  }

  /** Applies the image's transforms to raw features in the input. `load` and `window` call it; you need not. */
  transform(): void {
    const {arena, inputAt} = this;
    const {constants} = this.#image;
    for (let k = 0; k < this.#transforming.length; k++) {
      const {transform, constantsAt} = this.#transforming[k];
      transform.apply(arena, inputAt, this.input.length, constants, constantsAt);
    }
  }

  /** Runs all layers: input to output. */
  predict(): void {
    const {steps, native, kernels} = this;
    if (native !== undefined) {
      // One call, where C knows all of them.
      for (let k = native.predict(0); k < steps.length; k = native.predict(k + 1))
        steps[k].operator.forward(steps[k]);
    } else if (kernels?.forward !== undefined) kernels.forward(steps);
    else for (let k = 0; k < steps.length; k++) steps[k].operator.forward(steps[k]);
  }

  /**
   * Runs all layers.
   * @returns the index of the largest output, the first of them when several are equal; of a single output, 1 when it is
   *   above 0.5, else 0; -1 when it isn't a number
   */
  classify(): number {
    this.predict();
    const {output} = this;
    if (output.length === 1) return output[0] > 0.5 ? 1 : Number.isNaN(output[0]) ? -1 : 0;
    let best = 0;
    for (let k = 1; k < output.length; k++) if (output[k] > output[best]) best = k;
    return Number.isNaN(output[best]) ? -1 : best;
  }

  /**
   * Runs all layers.
   * @returns how strange the input is, from 0 up: the squared distance to the nearest centroid, or the mean squared error
   *   of an autoencoder's reconstruction, of the input after preprocessing; NaN when it isn't a number
   * @throws InputError for a network that learned from labels or targets
   */
  score(): number {
    const {loss, output, inputAt, arena, steps} = this;
    if (loss.score === undefined) return refuseScore(loss);
    this.predict();
    return loss.score(arena, steps[steps.length - 1].outputAt, output.length, inputAt);
  }

  /**
   * Runs all layers.
   * @returns whether the score is above the threshold, or isn't a number
   * @throws InputError as score does, and for a network without a threshold
   */
  isAnomaly(): boolean {
    const {threshold} = this;
    const score = this.score();
    if (threshold === undefined) return refuseThreshold();
    return !(score <= threshold);
  }
}

function refuseScore({name}: Loss): never {
  const expected = "the loss nearestCentroid or reconstruction, for anomaly scores";
  throw new InputError("network: score", expected, name, "Compile a model that finds anomalies.");
}

function refuseThreshold(): never {
  const remedy = "Train the model, or set network.threshold.";
  throw new InputError("network: threshold", "one in the image", "none", remedy);
}

function checkLoss(code: number, loss: Loss): void {
  if (loss.code === code) return;
  const found = `${loss.name}, code ${loss.code}, in the module`;
  const remedy = "Take the module that was compiled together with the image.";
  throw new InputError("image: loss", `code ${code}`, found, remedy);
}

function checkModel(model: Model): void {
  const {operators, collectors, transforms, loss} = model ?? {};
  if (
    Array.isArray(operators) &&
    Array.isArray(collectors) &&
    Array.isArray(transforms) &&
    loss !== undefined
  )
    return;
  throw new InputError(
    "model",
    "what a compiled module exports by default",
    `${model}`,
    'import model from "NAME".',
  );
}
