import {InputError} from "../../runtime/input-error.js";
import type {Description} from "../description/schema.js";

/** Losses that compare probabilities of classes, whatever the outputs' number. */
const lossesOfClasses: readonly string[] = ["crossEntropy", "binaryCrossEntropy"];

/**
 * Checks what a description that predicts numbers asks for; one without `targets` passes.
 *
 * @param outputs units of the last layer
 * @throws InputError for labels beside the targets, a target that is also an input, another number of outputs than of
 *   targets, a last softmax, and a loss that is for classes
 */
export function checkTargets(description: Description, outputs: number): void {
  const {name, input, targets, labels, loss, layers} = description;
  if (targets === undefined) return;
  if (labels !== undefined) {
    throw new InputError(
      `${name}: labels`,
      'none beside "targets"',
      labels.join(", "),
      "Leave out the labels to predict numbers, or the targets to tell classes apart.",
    );
  }
  const inputs = "columns" in input ? input.columns : input.axes;
  const both = targets.find((target) => inputs.includes(target));
  if (both !== undefined) {
    throw new InputError(
      `${name}: targets`,
      "columns that are no inputs",
      JSON.stringify(both),
      "Take it out of the input or out of the targets.",
    );
  }
  if (outputs !== targets.length) {
    throw new InputError(
      `${name}: layers[${layers.length - 1}].units`,
      `${targets.length}, one for each target (${targets.join(", ")})`,
      `${outputs}`,
      "Give the last layer as many units as there are targets.",
    );
  }
  const last = layers[layers.length - 1];
  if (last.type === "dense" && last.activation === "softmax") {
    throw new InputError(
      `${name}: layers[${layers.length - 1}].activation`,
      'no "softmax", whose outputs always add up to 1, as there are "targets"',
      '"softmax"',
      'Take "linear" for any numbers, or labels in place of the targets to tell classes apart.',
    );
  }
  if (lossesOfClasses.includes(loss)) {
    throw new InputError(
      `${name}: loss`,
      'a loss for numbers, as there are "targets"',
      JSON.stringify(loss),
      'Set the loss to "meanSquaredError".',
    );
  }
}
