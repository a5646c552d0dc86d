import {z} from "zod";

/** How a score becomes an alarm, for models that learn what is normal. */
export const anomalySchema = z.strictObject({
  /** labels of the recordings that are normal; of the one label there is, else "normal", when left out */
  normal: z.array(z.string().min(1).max(64)).min(1).max(4096).optional(),
  /** from scores of normal examples alone, or the best by labelled anomalies too */
  threshold: z.enum(["percentile", "youden"]).default("percentile"),
  /** share of the normal examples that stay below the threshold, in percent */
  percentile: z.number().min(0).max(100).default(99),
});

export type AnomalyOptions = z.output<typeof anomalySchema>;
