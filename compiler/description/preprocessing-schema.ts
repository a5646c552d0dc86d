import {z} from "zod";
import {MOST_STAGES} from "../../runtime/image/format.js";
import {CLIP_HIGH, CLIP_LOW} from "../preprocessing/clip.js";
import {type FeatureInput, featureNames} from "../preprocessing/features.js";

/** A number that a feature may become or be kept below. */
const limit = z.number().min(-1_000_000).max(1_000_000);
const percentile = z.number().min(0).max(100);

/** Which features a transform applies to; all when left out. */
const features = z
  .array(z.string())
  .min(1)
  .max(4096)
  .refine((names) => new Set(names).size === names.length, "distinct names")
  .optional();

const minMax = z
  .strictObject({type: z.literal("minMax"), features, low: limit.default(0), high: limit.default(1)})
  .superRefine(({low, high}, context) => checkOrder(low, high, ["high"], context));

const clip = z
  .strictObject({
    type: z.literal("clip"),
    features,
    low: limit.optional(),
    high: limit.optional(),
    percentiles: z.tuple([percentile, percentile]).optional(),
  })
  .superRefine(({low, high, percentiles}, context) => {
    if (percentiles === undefined) return checkOrder(low ?? CLIP_LOW, high ?? CLIP_HIGH, ["high"], context);
    if (low !== undefined || high !== undefined) {
      const message = 'either "percentiles", or "low" and "high"';
      context.addIssue({code: "custom", path: ["percentiles"], message});
    }
    checkOrder(percentiles[0], percentiles[1], ["percentiles", 1], context);
  });

/** In float32, which is what the image holds. */
function checkOrder(low: number, high: number, path: (string | number)[], context: z.RefinementCtx): void {
  if (Math.fround(low) < Math.fround(high)) return;
  context.addIssue({code: "custom", path, message: `a number above the lower one, ${low}`});
}

const transform = z.discriminatedUnion("type", [
  z.strictObject({type: z.literal("standardize"), features}),
  minMax,
  z.strictObject({type: z.literal("robust"), features}),
  z.strictObject({type: z.literal("log"), features}),
  z.strictObject({type: z.literal("power"), features}),
  clip,
]);

/** A transform with its defaults filled in. */
export type TransformSettings = z.output<typeof transform>;

/** A name alone stands for a transform with all its defaults. */
const transformName = z
  .enum(transform.options.map(({shape}) => shape.type.value))
  .transform((type) => transform.parse({type}));

export const preprocessing = z
  .array(z.union([transformName, transform]))
  .max(MOST_STAGES - 1)
  .prefault(["standardize"]);

/** Adds an issue for each feature that a transform names and the input doesn't have. */
export function checkFeatures(
  description: {readonly input: FeatureInput; readonly preprocessing: readonly TransformSettings[]},
  context: z.RefinementCtx,
): void {
  const known = featureNames(description.input);
  description.preprocessing.forEach((settings, k) => {
    settings.features?.forEach((name, i) => {
      if (known.includes(name)) return;
      const message = `one of ${known
        .slice(0, 12)
        .map((each) => JSON.stringify(each))
        .join(", ")}`;
      const more = known.length > 12 ? ` and ${known.length - 12} more` : "";
      context.addIssue({code: "custom", path: ["preprocessing", k, "features", i], message: message + more});
    });
  });
}
