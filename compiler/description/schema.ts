import {z} from "zod";
import type {Unit} from "../../runtime/model.js";
import {losses} from "../losses.js";
import {statisticNames} from "../preprocessing/statistics.js";
import {anomalySchema} from "./anomaly-schema.js";
import {fillDefaults} from "./defaults.js";
import {centroidsLayer, denseLayer} from "./layer-schema.js";
import {checkFeatures, preprocessing} from "./preprocessing-schema.js";
import {training} from "./training-schema.js";

const wholeNumber = (most: number) => z.number().max(most).int().min(1);
const distinct = (names: readonly string[]) => new Set(names).size === names.length;
const name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\0]*$/, "a text without the character U+0000");

const unit = z.enum(["m/s2", "g", "rad/s", "deg/s"] satisfies Unit[]);

/** A window of a sensor's samples, of which statistics are the features. */
const windowFields = z.strictObject({
  axes: z.array(name).min(1).max(64).refine(distinct, "distinct names"),
  /** the recordings' unit, or one for each axis; what reads a sensor on the device gives samples in it */
  units: z.union([unit, z.array(unit)]).optional(),
  /** samples in a window */
  window: wholeNumber(1_000_000),
  /** samples a second, for the device's timer and for the simulator */
  rate: z.number().positive().max(100_000).optional(),
  statistics: z.array(z.enum(statisticNames)).min(1).refine(distinct, "distinct names"),
});

const windowInput = windowFields.refine(
  ({axes, units}) => !Array.isArray(units) || units.length === axes.length,
  {path: ["units"], message: "one unit, or a list of as many as axes"},
);

/** Features that are measured ready-made, by name. */
const columnsInput = z.strictObject({
  columns: z.array(name).min(1).max(4096).refine(distinct, "distinct names"),
});

const fields = z.strictObject({
  /** names the files that the compiler writes, so it is kept to what every file system takes */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "a lower-case letter, then up to 31 of a-z, 0-9 and -"),
  input: z.union([windowInput, columnsInput], '"axes", "window" and "statistics", or "columns"'),
  preprocessing,
  layers: z
    .array(z.discriminatedUnion("type", [denseLayer, centroidsLayer]))
    .min(1)
    .max(64),
  /** the outputs' names in order; taken from the training data when left out */
  labels: z.array(name).min(1).max(65_536).refine(distinct, "distinct names").optional(),
  /** columns of the data to predict as numbers, one output each; stands in place of `labels` */
  targets: z.array(name).min(1).max(4096).refine(distinct, "distinct names").optional(),
  /** how a score becomes an alarm; stands in place of `labels`, in a model that learns what is normal */
  anomaly: anomalySchema.optional(),
  /**
   * how wrong outputs are; "nearestCentroid" for centroids, "meanSquaredError" for targets, "reconstruction" for
   * anomalies, "binaryCrossEntropy" for labels after a last sigmoid and else "crossEntropy" when left out
   */
  loss: z.enum(Object.keys(losses) as [keyof typeof losses]).optional(),
  training: training.prefault({}),
});

/** What a user writes: the network, what goes into it, and how it is trained. */
export const descriptionSchema = fields.superRefine(checkFeatures).transform(fillDefaults);

/** A description with all defaults filled in. */
export type Description = z.output<typeof descriptionSchema>;

/** A description as a user writes it. */
export type DescriptionSource = z.input<typeof descriptionSchema>;
