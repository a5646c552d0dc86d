import {z} from "zod";

/** What came of a trial: as crossValidate tells it, or why it came to nothing. */
export const outcomeSchema = z.union([
  z.strictObject({
    // Accuracy, R2 and the area under a ROC curve are at most 1.
    scores: z.array(z.number().max(1)).min(2).readonly(),
    mean: z.number().max(1),
    standardError: z.number().min(0),
  }),
  z.strictObject({failed: z.string().min(1)}),
]);

export type Outcome = z.output<typeof outcomeSchema>;

export type Scored = Exclude<Outcome, {failed: string}>;

export function isScored(outcome: Outcome): outcome is Scored {
  return "mean" in outcome;
}
