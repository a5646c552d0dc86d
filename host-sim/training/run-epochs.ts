import type {Learner} from "../../runtime/learner.js";
import type {Loss} from "../../runtime/losses/loss.js";
import {Random} from "../../runtime/random.js";
import type {Plateau} from "../../runtime/schedules/plateau.js";
import {EarlyStopping, type EarlyStoppingOptions} from "./early-stopping.js";
import type {Epoch} from "./history.js";
import {type Lessons, type Measured, measure, measurePenalty} from "./measure.js";
import {shuffle} from "./shuffle.js";

export interface EpochsLessons {
  /** Learned from, with what augmentation adds. */
  readonly lessons: Lessons;
  /** Those of them that are as recorded: on these the training loss is measured, as comparable as can be. */
  readonly unchanged: Lessons;
  /** Held out for validation: measured, never learned. */
  readonly held: Lessons | undefined;
}

export interface EpochsOptions {
  /** Passes over the training lessons, at least 1. */
  readonly epochs: number;
  /** Decides the order of the lessons in each epoch. */
  readonly seed: number;
  /** Needs validation. */
  readonly earlyStopping?: EarlyStoppingOptions | undefined;
  /**
   * Whether the learner ends with the parameters of the epoch with the lowest validation loss; needs validation and
   * a learner that has room for them.
   */
  readonly keepBest: boolean;
  /** Told of each epoch's validation loss, or of the training loss where there is no validation. */
  readonly plateau?: Plateau | undefined;
  /** Called after each epoch. */
  readonly onEpoch?: ((epoch: Epoch) => void) | undefined;
}

/** What a run of epochs left behind, beside what the learner's arena holds. */
export interface EpochsResult {
  readonly history: readonly Epoch[];
  /** The epoch whose parameters the arena holds now; the last one, unless an earlier one was best. */
  readonly keptEpoch: number;
  /** Mean data loss of the training lessons before the first step. */
  readonly startLoss: number;
}

/**
 * Trains epoch by epoch, each time in another order.
 * @param learner as the image starts it
 * @param loss the one that the image was compiled with
 */
export function runEpochs(
  learner: Learner,
  loss: Loss,
  {lessons, unchanged, held}: EpochsLessons,
  {epochs, seed, earlyStopping, keepBest, plateau, onEpoch}: EpochsOptions,
): EpochsResult {
  const {network} = learner;
  const random = new Random(seed);
  const order = lessons.inputs.map((_, index) => index);
  const stopping = earlyStopping && new EarlyStopping(earlyStopping);
  const startLoss = measure(learner, loss, unchanged).loss;
  const history: Epoch[] = [];
  const best = {epoch: 0, loss: Number.POSITIVE_INFINITY};
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const {learningRate} = learner;
    shuffle(order, random);
    for (const index of order) {
      network.input.set(lessons.inputs[index]);
      if (learner.target.length === 0) learner.learnInput();
      else {
        learner.target.set(lessons.wanted[index]);
        learner.learnTarget();
      }
    }
    learner.update();
    const validation = held && measure(learner, loss, held);
    const own = measure(learner, loss, unchanged);
    const result = {
      epoch,
      ...own,
      penalty: measurePenalty(learner),
      ...(validation && asValidation(validation)),
      learningRate,
    };
    history.push(result);
    onEpoch?.(result);
    plateau?.report((validation ?? own).loss);
    if (keepBest && validation !== undefined && validation.loss < best.loss) {
      best.epoch = epoch;
      best.loss = validation.loss;
      learner.keepBest();
    }
    if (validation !== undefined && stopping?.shouldStop(validation.loss)) break;
  }
  // No epoch is best when every validation loss went wrong; then the parameters say what is wrong.
  if (best.epoch === 0) return {history, keptEpoch: history.length, startLoss};
  learner.restoreBest();
  return {history, keptEpoch: best.epoch, startLoss};
}

function asValidation({loss, accuracy}: Measured) {
  return {validationLoss: loss, ...(accuracy !== undefined && {validationAccuracy: accuracy})};
}
