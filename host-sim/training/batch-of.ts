import type {Description} from "../../compiler/description/schema.js";
import {makeOptimizer} from "../../compiler/optimizers.js";
import {InputError} from "../../runtime/input-error.js";

/** Examples a batch where the description says nothing and there are as many. */
const USUAL = 8;

/**
 * @param examples how many an epoch has, from 1
 * @returns how many of them make a batch: as the description says; 1 for an optimizer that learns from each example
 * @throws InputError for a batch that an epoch never fills
 */
export function batchOf({name, training}: Description, examples: number): number {
  const {optimizer, batch} = training;
  if (makeOptimizer(optimizer).gradients === 0) return 1;
  if (batch === undefined) return Math.min(USUAL, examples);
  if (batch <= examples) return batch;
  throw new InputError(
    `${name}: training.batch`,
    `a whole number from 1 to ${examples}, as there are ${examples} examples to learn from`,
    String(batch),
    "Take a smaller batch, record more, or hold less out.",
  );
}
