import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {readTextFile} from "../files/read-text.js";
import type {SavedFormats, TrainingFigures} from "./model-report.js";

/** JSON writes null for a number that isn't finite. */
const number = z.number().nullable();

const epoch = z.object({
  epoch: z.int().min(1),
  loss: number,
  penalty: number,
  accuracy: number.exactOptional(),
  validationLoss: number.exactOptional(),
  validationAccuracy: number.exactOptional(),
  learningRate: number,
});

const training = z
  .object({
    history: z.array(epoch).min(1),
    keptEpoch: z.int().min(1),
    warnings: z.array(z.string()),
  })
  .refine(({history, keptEpoch}) => keptEpoch <= history.length, "an epoch was kept that is not there");

const formats = z.object({
  image: z.int(),
  recordings: z.string(),
  examples: z.int().min(1),
  measure: z.enum(["accuracy", "R2", "area under ROC"]),
  float32: number,
  compiled: number,
  changed: z.int().min(0).nullable(),
  layers: z.array(
    z.object({layer: z.string(), error: z.number(), relativeError: z.number(), saturated: z.number()}),
  ),
});

/** @throws InputError for a file that isn't what training writes */
export async function readTraining(path: string): Promise<TrainingFigures> {
  return read(path, training, "what `ganglion train` writes");
}

/** @throws InputError for a file that isn't what compiling in a format writes */
export async function readFormats(path: string): Promise<SavedFormats> {
  return read(path, formats, "what `ganglion compile --format` writes");
}

async function read<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  expected: string,
): Promise<z.output<Schema>> {
  const text = await readTextFile(path);
  const remedy = "Remove it, or train or compile again.";
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(path, expected, (error as Error).message, remedy);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const {path: keys, message} = result.error.issues[0];
  throw new InputError(`${path}: ${keys.join(".")}`, expected, message, remedy);
}
