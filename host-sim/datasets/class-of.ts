import {InputError} from "../../runtime/input-error.js";
import type {Recording} from "./dataset.js";

/** @returns the index of a recording's label; @throws InputError when it isn't among `labels` */
export function classOf({label, source}: Recording, labels: readonly string[]): number {
  const index = labels.indexOf(label);
  if (index < 0) {
    const remedy =
      'Correct the label, there or in the description\'s "labels", or train a model that knows it.';
    throw new InputError(
      source,
      `one of the model's labels (${labels.join(", ")})`,
      JSON.stringify(label),
      remedy,
    );
  }
  return index;
}
