import {NONE, TRAINING_NUMBERS} from "../image/format.js";
import type {Image} from "../image/open.js";
import type {Plan} from "../image/plan.js";
import type {Model} from "../model.js";
import type {Step} from "../ops/operator.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {NativeFunctions} from "./native-kernels.js";
import {
  NATIVE_HEADER_WORDS,
  NATIVE_NUMBERS,
  NATIVE_STEP_WORDS,
  NATIVE_WORDS,
  NativeFlag,
  NativeKind,
  NativeNumber,
  NativeStepFlag,
  NativeWord,
  nativeTaskBytes,
} from "./native-task.js";

/** What a learner's C has to know of it. */
export interface NativeLearning {
  /** Examples a batch. */
  readonly batch: number;
  /** The last step that backward goes through. */
  readonly lastBackward: number;
  readonly isPenalized: boolean;
  /** Whether JavaScript looks at something between loss and backward, as a watch or a guard does. */
  readonly looks: boolean;
  /** Whether it looks at the gradients of a batch, or clips them. */
  readonly checks: boolean;
}

/**
 * A network's steps as flat words, which C reads in place together with the arena and the image. Made once; what C doesn't
 * know is marked, and JavaScript then runs it.
 */
export class NativeProgram {
  /** See NativeWord. */
  readonly words: Int32Array;
  /** See NativeNumber. */
  readonly numbers: Float64Array;
  /** Whether C measures the loss. */
  readonly measures: boolean;
  private readonly functions: NativeFunctions;
  private readonly task: ArrayBufferLike;
  private readonly arena: ArrayBufferLike;
  private readonly image: ArrayBufferLike;

  /** Made by a network, which has checked all of it. */
  constructor(
    functions: NativeFunctions,
    image: Image,
    steps: readonly Step[],
    plan: Plan,
    arena: Float32Array,
    model: Model,
  ) {
    this.functions = functions;
    this.words = new Int32Array(nativeTaskBytes(steps.length) / 4);
    this.task = this.words.buffer;
    this.numbers = new Float64Array(this.task, NATIVE_WORDS * 4, NATIVE_NUMBERS);
    this.arena = arena.buffer;
    this.image = image.program.buffer;
    this.measures = isAsCompiled(model) && functions.knows(NativeKind.loss, model.loss.code);
    const {words} = this;
    words[NativeWord.steps] = steps.length;
    words[NativeWord.firstLearning] = plan.firstLearning;
    words[NativeWord.arenaWords] = arena.length;
    words[NativeWord.imageBytes] = this.image.byteLength;
    words[NativeWord.loss] = this.measures ? model.loss.code : 0;
    words[NativeWord.learned] = plan.learned;
    words[NativeWord.parametersAt] = plan.parametersAt;
    words[NativeWord.gradientsAt] = plan.gradientsAt;
    words[NativeWord.statesAt] = plan.statesAt;
    words[NativeWord.inputAt] = plan.inputAt;
    words[NativeWord.flags] = NativeFlag.isKnown;
    for (let k = 0; k < steps.length; k++) this.writeStep(steps[k], k, image, k >= plan.firstLearning);
    this.leaveOwn(steps, model);
  }

  /** How the last work() ended: one of NativeStatus. */
  get status(): number {
    return this.words[NativeWord.status];
  }

  /** Runs the steps from `first` on. @returns the first one that C doesn't know, or how many there are */
  predict(first: number): number {
    return this.functions.predict(this.task, this.arena, this.image, first);
  }

  /** Called once, by a learner's pass. */
  prepareLearning(optimizer: Optimizer, learning: NativeLearning): void {
    const {words} = this;
    const {batch, lastBackward, isPenalized, looks, checks} = learning;
    const {code = 0} = optimizer;
    words[NativeWord.optimizer] = this.functions.knows(NativeKind.optimizer, code) ? code : 0;
    words[NativeWord.batch] = batch;
    words[NativeWord.lastBackward] = lastBackward;
    words[NativeWord.flags] =
      (words[NativeWord.flags] & NativeFlag.isKnown) |
      (optimizer.gradients === 0 ? NativeFlag.isInPlace : 0) |
      (isPenalized ? NativeFlag.isPenalized : 0) |
      (looks ? NativeFlag.looks : 0) |
      (checks ? NativeFlag.checks : 0);
    this.numbers[NativeNumber.optimizerCost] = optimizer.cost;
  }

  /** To be called before a call of work() that may come to an update. */
  giveNumbers(optimizer: Optimizer): void {
    optimizer.giveNumbers?.(this.numbers, NativeNumber.optimizer);
  }

  /**
   * Goes on with an example in C.
   * @param budget multiply-accumulates that this may take
   * @param rate of the update that is under way
   * @param penalty sum so far
   * @returns what of the budget it took; where it stands now, `words` says
   */
  work(
    phase: number,
    k: number,
    unit: number,
    pending: number,
    budget: number,
    rate: number,
    penalty: number,
  ): number {
    return this.functions.work(
      this.task,
      this.arena,
      this.image,
      phase,
      k,
      unit,
      pending,
      budget,
      rate,
      penalty,
    );
  }

  /** Marks operators that aren't those which the model was compiled with as unknown: they have the codes of these. */
  private leaveOwn(steps: readonly Step[], {madeFor}: Model): void {
    if (madeFor === undefined) return;
    const {words} = this;
    for (let k = 0; k < steps.length; k++) {
      if (madeFor.operators.includes(steps[k].operator)) continue;
      const at = NATIVE_HEADER_WORDS + k * NATIVE_STEP_WORDS;
      words[at] = 0;
      words[at + 1] &= ~NativeStepFlag.learnsHere;
      words[NativeWord.flags] = 0;
    }
  }

  private writeStep(step: Step, k: number, image: Image, learns: boolean): void {
    const {functions, words} = this;
    const {operator, inputSize, outputSize} = step;
    const {code} = operator;
    const constantsAt = image.constants.byteOffset / 4;
    const isKnown = functions.knows(NativeKind.forward, code);
    const learnsHere = learns && isKnown && functions.knows(NativeKind.learning, code);
    if (!(learns ? learnsHere : isKnown)) words[NativeWord.flags] = 0;
    let at = NATIVE_HEADER_WORDS + k * NATIVE_STEP_WORDS;
    words[at++] = isKnown ? code : 0;
    words[at++] =
      (learns ? NativeStepFlag.learns : 0) |
      (learnsHere ? NativeStepFlag.learnsHere : 0) |
      (operator.addGradients === undefined ? 0 : NativeStepFlag.hasParameters);
    words[at++] = inputSize;
    words[at++] = outputSize;
    words[at++] = step.inputAt;
    words[at++] = step.outputAt;
    words[at++] = step.inputDeltaAt;
    words[at++] = step.outputDeltaAt;
    words[at++] = step.gradientsAt;
    words[at++] = step.parametersAt + (learns ? 0 : constantsAt);
    words[at++] = step.constantsAt + constantsAt;
    words[at++] = step.int8At + image.int8.byteOffset;
    words[at++] =
      step.regularization === undefined ? NONE : image.training.byteOffset / 4 + k * TRAINING_NUMBERS;
    words[at++] = operator.parameterCount(inputSize, outputSize);
    words[at] = operator.weightCount?.(inputSize, outputSize) ?? 0;
  }
}

/** @returns whether the loss is the one that the model was compiled with */
function isAsCompiled({loss, madeFor}: Model): boolean {
  return madeFor === undefined || madeFor.loss === loss;
}
