import type {Description} from "../../compiler/description/schema.js";

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
  /** Of the training examples with the parameters that were kept. */
  readonly kept: number;
  /** Of the validation recordings with the parameters that were kept; undefined without validation. */
  readonly validation: number | undefined;
}

/** Validation loss over training loss from which a network counts as overfitting. */
const OVERFITTING = 1.1;
/** Training loss over that before training from which it counts as not having fallen. */
const STANDSTILL = 0.99;

/** @returns what the losses say against a training, a sentence or two each, with what to try; none when all is well */
export function warningsOf({start, end, kept, validation}: LossSummary): string[] {
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
  if (validation !== undefined && validation >= OVERFITTING * kept) {
    warnings.push(
      `The validation loss, ${digits(validation)}, stands ${excess(validation, kept)} above the training loss, ` +
        `${digits(kept)}: the network knows its recordings better than what they have in common. ` +
        "Try more recordings, augmentation, L2, dropout or fewer units.",
    );
  }
  return warnings;
}

function digits(loss: number): string {
  return Number.isFinite(loss) ? `${Number(loss.toPrecision(3))}` : `${loss}`;
}

function excess(loss: number, other: number): string {
  const percent = Math.round(100 * (loss / other - 1));
  return percent < 1000 ? `${percent} %` : "over ten times";
}
