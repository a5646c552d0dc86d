import type {Description} from "../../compiler/description/schema.js";
import type {Epoch} from "./history.js";

/** What belongs behind which loss; with the other one of the two a network learns too, but as a rule less well. */
const USUAL = {crossEntropy: "softmax", binaryCrossEntropy: "sigmoid"} as const;

/** @returns what about a description is unusual though it can be trained, with what to try; none when all is well */
export function warningsOfDescription({layers, loss}: Description): string[] {
  if (loss !== "crossEntropy" && loss !== "binaryCrossEntropy") return [];
  const last = layers[layers.length - 1];
  if (last.type !== "dense" || last.activation === USUAL[loss]) return [];
  const other = loss === "crossEntropy" ? "binaryCrossEntropy" : "crossEntropy";
  return [
    `The last layer has "${last.activation}" before the loss "${loss}", where "${USUAL[loss]}" is usual. ` +
      `Try "${USUAL[loss]}", or the loss "${other}".`,
  ];
}

/** Losses at three moments, all of the data alone. */
export interface LossSummary {
  /** Of the training examples before the first step. */
  readonly start: number;
  /** Of the training examples after the last epoch. */
  readonly end: number;
  /** The epoch whose parameters were kept. */
  readonly kept: Pick<Epoch, "loss" | "accuracy" | "validationLoss" | "validationAccuracy">;
  /** How many examples validation has; undefined without. */
  readonly validationExamples: number | undefined;
  /** Whether targets were standardized, so that losses have no unit. */
  readonly isStandardized?: boolean;
}

/** Validation loss over training loss from which a network counts as overfitting. */
const OVERFITTING = 1.1;
/**
 * Gap between the losses that can't matter. A cross-entropy higher by 0.02 takes 2 % of the probability that the right
 * label gets; a mean squared error of standardized numbers higher by 0.02 is 0.02 of R2. Of other numbers it is this share
 * of the untrained network's loss, where that is below 1.
 */
const NEGLIGIBLE = 0.02;
/** Training loss over that before training from which it counts as not having fallen. */
const STANDSTILL = 0.99;

/** @returns what the losses say against a training, a sentence or two each, with what to try; none when all is well */
export function warningsOf(summary: LossSummary): string[] {
  const {start, end, kept} = summary;
  const warnings: string[] = [];
  if (!(end <= start)) {
    warnings.push(
      `The training loss rose from ${digits(start)} to ${digits(end)}. Try a lower learning rate.`,
    );
  } else if (end > STANDSTILL * start) {
    warnings.push(
      `The training loss hardly fell, from ${digits(start)} to ${digits(end)}. ` +
        "Try a higher learning rate or more epochs; if it jumps up and down, a lower learning rate.",
    );
  }
  const {loss, validationLoss} = kept;
  if (validationLoss !== undefined && validationLoss >= OVERFITTING * loss && !isNegligible(summary)) {
    warnings.push(
      `The validation loss, ${digits(validationLoss)}, stands ${excess(validationLoss, loss)} above the training loss, ` +
        `${digits(loss)}: the network knows its recordings better than what they have in common. ` +
        "Try more recordings, augmentation, L2, dropout or fewer units.",
    );
  }
  return warnings;
}

/** Whether validation does as well but for one example, and its loss lies so little higher that it can't matter. */
function isNegligible({start, kept, validationExamples = 0, isStandardized}: LossSummary): boolean {
  const {loss, accuracy = 0, validationLoss = loss, validationAccuracy = accuracy} = kept;
  // Half an example more, as shares are rounded.
  const isAsRight = (accuracy - validationAccuracy) * validationExamples < 1.5;
  const unit = kept.accuracy !== undefined || isStandardized ? 1 : Math.min(start, 1);
  return isAsRight && validationLoss - loss <= NEGLIGIBLE * unit;
}

function digits(loss: number): string {
  return Number.isFinite(loss) ? `${Number(loss.toPrecision(3))}` : `${loss}`;
}

function excess(loss: number, other: number): string {
  const percent = Math.round(100 * (loss / other - 1));
  return percent < 1000 ? `${percent} %` : "over ten times";
}
