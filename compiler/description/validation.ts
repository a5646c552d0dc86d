import {z} from "zod";

/**
 * What training holds out to watch itself on: fields of `training`.
 *
 * The default share of 0.2 is the usual one, and leaves four fifths of what are few recordings to learn from.
 */
export const validationFields = {
  /** share of each label's recordings that is never learned from; 0 for none */
  validation: z.number().min(0).max(0.9).default(0.2),
  /** ends training once the validation loss has not fallen for `patience` epochs */
  earlyStopping: z
    .strictObject({
      patience: z.number().max(1_000_000).int().min(1),
      /** what the loss must fall by to count as fallen */
      minimumDelta: z.number().min(0).default(0),
    })
    .optional(),
  /** ends with the parameters of the epoch with the lowest validation loss; true when there is validation */
  keepBest: z.boolean().optional(),
};

/** Refines `training`: early stopping and the best parameters are a matter of the validation loss. */
export function checkValidation(
  training: {validation: number; earlyStopping?: unknown; keepBest?: boolean | undefined},
  context: z.core.$RefinementCtx,
): void {
  if (training.validation > 0) return;
  for (const key of ["earlyStopping", "keepBest"] as const) {
    if (!training[key]) continue;
    const message = 'nothing, or "validation" above 0 for it to watch';
    context.addIssue({code: "custom", path: [key], message});
  }
}
