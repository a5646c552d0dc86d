import {type Compiled, compile} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {describe, graphOf} from "../../compiler/import/describe.js";
import {type NetworkFile, readNetwork} from "../../compiler/import/formats.js";
import {type ImportedLayer, joinLayers} from "../../compiler/import/join.js";
import type {WholeNetwork} from "../../compiler/import/whole-network.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {InputError} from "../../runtime/input-error.js";

export interface ImportOptions {
  /** Of the model; taken from the description where there is one. */
  readonly name: string;
  /** A description of the same layers, for the names of inputs and outputs and for further training; made when left out. */
  readonly description?: Description | undefined;
  /** Ways of learning that the image is to hold a plan for; none when left out. */
  readonly learn?: readonly WayOfLearning[] | undefined;
  /** "kept" leaves whole numbers as they are in the file; "float32" takes what they stand for. "kept" when left out. */
  readonly numbers?: "kept" | "float32" | undefined;
}

/** A network from elsewhere. */
export interface ImportedModel {
  /** "ONNX", "TensorFlow Lite" and so on. */
  readonly format: string;
  readonly compiled: Compiled;
  /** In float32, with what each layer came of. */
  readonly layers: readonly ImportedLayer[];
  /** The scales of the file; undefined for a network in float32. */
  readonly whole: WholeNetwork | undefined;
}

/**
 * Imports a network that was trained elsewhere: what it becomes is a compiled model like any other.
 *
 * @throws UnsupportedNodes listing everything that ganglion has no operators for
 * @throws InputError for damaged files, tensors that don't fit, numbers that aren't finite, a description of another
 *   network, and when all layers of a network in whole numbers are to learn
 */
export async function importModel(file: NetworkFile, options: ImportOptions): Promise<ImportedModel> {
  const network = await readNetwork(file, options.description);
  const layers = joinLayers(file.place, network);
  const {inputSize} = network;
  const description = options.description ?? describe(options.name, inputSize, layers);
  refuseCentroids(description);
  const graph = graphOf(file.place, description, inputSize, layers);
  const trained = {graph, stages: fitStages(description, [])};
  const whole = options.numbers === "float32" ? undefined : network.whole;
  const compiled = compile(
    description,
    options.learn ?? [],
    trained,
    whole === undefined ? {format: "float32"} : {format: "int8", whole},
  );
  if (whole !== undefined) refuseLearningAll(file.place, compiled);
  return {format: network.format, compiled, layers, whole};
}

/** Where all layers learn, none of the file's whole numbers would be left. */
function refuseLearningAll(place: string, {plans}: Compiled): void {
  if (plans.every(({firstLearning}) => firstLearning > 0)) return;
  const remedy = "Let only the last layers learn, with --learn-layers, or take --numbers float32.";
  throw new InputError(`${place}: learning`, "a layer that stays in whole numbers", "none", remedy);
}

function refuseCentroids({name, layers}: Description): void {
  if (layers.every(({type}) => type === "dense")) return;
  const remedy = "Describe dense layers.";
  throw new InputError(`${name}: layers`, "dense layers, as files from elsewhere have", "centroids", remedy);
}
