import {z} from "zod";
import {InputError} from "../../runtime/input-error.js";
import {checkBySchema, parseJson} from "../description/read.js";
import type {NetworkFile} from "./formats.js";
import {type KerasWeights, readKeras} from "./keras.js";
import {floatsOf} from "./layouts.js";
import type {FoundNetwork} from "./part.js";
import {short} from "./short.js";

/** Bytes of all shards together. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_SHARDS = 1000;
const REMEDY = "Save the model again.";
/** Of a number, by its type, as it lies in the shards. */
const BYTES: ReadonlyMap<string, number> = new Map([
  ["float32", 4],
  ["int32", 4],
  ["uint16", 2],
  ["float16", 2],
  ["uint8", 1],
  ["bool", 1],
  ["complex64", 8],
]);

const size = z.int().min(0);

const fileSchema = z.object({
  modelTopology: z.looseObject({model_config: z.unknown().optional()}),
  weightsManifest: z.array(
    z.object({
      paths: z.array(
        z
          .string()
          .max(255)
          .regex(/^\P{C}*$/u, "a file's name"),
      ),
      weights: z.array(
        z.object({
          name: z.string().max(1000),
          shape: z.array(size),
          dtype: z.string().max(30),
          quantization: z.looseObject({dtype: z.string().max(30)}).nullish(),
        }),
      ),
    }),
  ),
});

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isQuantized: boolean;
  readonly bytes: Uint8Array;
}

/**
 * Reads a layers model of TensorFlow.js: model.json and the shards beside it.
 * @throws InputError as readKeras does, and for shards that aren't there or don't fit
 */
export async function readTfjs({place, bytes, readBeside}: NetworkFile): Promise<FoundNetwork> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    throw new InputError(place, "JSON in UTF-8", "other bytes", REMEDY);
  }
  const remedy =
    "Name the model.json of a layers model, as model.save or the converter with --output_format=tfjs_layers_model writes it.";
  const {modelTopology, weightsManifest} = checkBySchema(fileSchema, parseJson(text, place), place, remedy);
  const weights = await weightsOf(place, weightsManifest, readBeside);
  // The converter lays the model into a field of its own, TensorFlow.js doesn't.
  return readKeras(
    "TensorFlow.js",
    place,
    modelTopology.model_config ?? modelTopology,
    finder(place, weights),
  );
}

async function weightsOf(
  place: string,
  manifest: z.output<typeof fileSchema>["weightsManifest"],
  readBeside: NetworkFile["readBeside"],
): Promise<Weight[]> {
  const weights: Weight[] = [];
  let total = 0;
  const shards = manifest.reduce((sum, {paths}) => sum + paths.length, 0);
  if (shards > MOST_SHARDS) throw new InputError(place, `at most ${MOST_SHARDS} shards`, `${shards}`, REMEDY);
  for (const group of manifest) {
    const parts: Uint8Array[] = [];
    for (const path of group.paths) {
      // Browsers that saved the model put the folder it lies in before the name.
      const part = await readBeside(path.replace(/^\.\//, ""));
      total += part.length;
      if (total > MOST_BYTES) throw new InputError(place, "at most 64 MiB of weights", "more", REMEDY);
      parts.push(part);
    }
    const data = joined(parts);
    let at = 0;
    for (const {name, shape, dtype, quantization} of group.weights) {
      const count = shape.reduce((product, size) => product * size, 1);
      const isQuantized = quantization !== undefined && quantization !== null;
      const stored = isQuantized ? quantization.dtype : dtype;
      const bytes = BYTES.get(stored);
      if (bytes === undefined) {
        const remedy = "Save the layers alone, with float32 numbers.";
        throw new InputError(`${place}: ${short(name)}`, "numbers", short(stored), remedy);
      }
      const length = bytes * count;
      if (at + length > data.length) {
        const expected = `${length} bytes for ${short(name)}`;
        throw new InputError(`${place}: weights`, expected, `${data.length - at}`, REMEDY);
      }
      weights.push({name, shape, dtype, isQuantized, bytes: data.subarray(at, at + length)});
      at += length;
    }
    if (at !== data.length)
      throw new InputError(`${place}: weights`, `${at} bytes in the shards`, `${data.length}`, REMEDY);
  }
  return weights;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Weights are named `layer/kernel`, perhaps with scopes before it. */
function finder(place: string, weights: readonly Weight[]): KerasWeights {
  return ({name}, names, budget) =>
    names.map((part) => {
      const own = `${name}/${part}`;
      // A layer "dense" doesn't take what belongs to "block/dense".
      const weight =
        weights.find((each) => each.name === own) ?? weights.find((each) => each.name.endsWith(`/${own}`));
      if (weight === undefined) return undefined;
      const {shape, dtype, bytes} = weight;
      if (dtype !== "float32" || weight.isQuantized) {
        const found = weight.isQuantized ? "quantized ones" : short(dtype);
        const remedy = "Convert the model without quantization, and quantize it here.";
        throw new InputError(`${place}: ${short(own)}`, "float32 numbers", found, remedy);
      }
      budget.take(bytes.length / 4);
      return {shape, numbers: floatsOf(bytes)};
    });
}
