import {type Command, InvalidArgumentError, Option} from "commander";
import type {Description} from "../../compiler/description/schema.js";
import {kernelSetNames} from "../../compiler/kernels.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {type OptimizerName, optimizerNames} from "../../compiler/optimizers.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import {readDataset} from "../datasets/read.js";

/** How the columns of CSV files are to be read; the same options in every command that reads recordings. */
export interface DataOptions {
  readonly columns?: string[];
  readonly labelColumn?: string;
  readonly recordingColumn?: string;
  readonly rowsPerRecording?: number;
}

/** Adds the options that say how recordings are read. */
export function addDataOptions(command: Command): Command {
  return command
    .option("--columns <names>", "names of the columns, for a CSV file without a first line of names", list)
    .option("--label-column <name>", 'the column with the label (default: "label")')
    .option("--recording-column <name>", 'the column that tells recordings apart (default: "recording")')
    .option(
      "--rows-per-recording <n>",
      "cuts files into recordings of so many rows; the rest is left out",
      wholeNumber,
    );
}

/**
 * Says on stderr what is left out.
 * @returns the recordings with the model's axes or columns and targets, in its order
 * @throws InputError as readDataset does
 */
export function readFor({input, targets}: Description, path: string, options: DataOptions): Promise<Dataset> {
  const {columns, labelColumn, recordingColumn, rowsPerRecording} = options;
  const axes = "columns" in input ? input.columns : input.axes;
  const onNote = (note: string) => process.stderr.write(`ganglion: ${note}\n`);
  return readDataset(path, {axes, targets, columns, labelColumn, recordingColumn, rowsPerRecording, onNote});
}

/** `--by`: what a division keeps on one side. */
export function byOption(): Option {
  return new Option("--by <unit>", "what is held out as a whole; a person needs a column of that name")
    .choices(["recording", "person"])
    .default("recording");
}

/** `--learn`: which ways of learning the image is to hold a plan for. */
export function learnOption(): Option {
  return new Option(
    "--learn <optimizers>",
    `what the device may learn with: ${optimizerNames.join(", ")} with commas between, or none`,
  )
    .default(optimizerNames, "all of them")
    .argParser((text) => (text === "none" ? [] : list(text).map(optimizer)));
}

/** `--kernels`: what runs the layers on the device. */
export function kernelsOption(): Option {
  return new Option("--kernels <set>", "what runs the layers: JavaScript on any engine, or C for XS")
    .choices(kernelSetNames)
    .default("portable");
}

/** How many layers learn, counted from the last. */
export type LearnLayers = number | "all";

/** What a model that is compiled is to learn with, as the command line says it. */
export interface LearnOptions {
  readonly learn: readonly OptimizerName[];
  readonly learnLayers?: readonly LearnLayers[];
}

/** `--learn-layers` of commands that compile: how many layers the image is to hold plans for. */
export function learnLayersOption(): Option {
  return new Option(
    "--learn-layers <layers>",
    "which layers the device may train: all (the default), last, or how many from the last; several with commas between",
  ).argParser((text) => list(text).map(learnLayers));
}

/** @returns every optimizer with each choice of layers; @throws InputError for a choice of layers that nothing learns */
export function waysOf({learn, learnLayers}: LearnOptions): WayOfLearning[] {
  if (learnLayers === undefined) return [...learn];
  if (learn.length === 0) {
    const remedy = "Name an optimizer with --learn, or leave --learn-layers out.";
    throw new InputError("--learn-layers", "an optimizer to learn with", "--learn none", remedy);
  }
  return learn.flatMap((optimizer) =>
    [...new Set(learnLayers)].map((layers) => (layers === "all" ? optimizer : {optimizer, layers})),
  );
}

/** all, last, or a number of layers. */
export function learnLayers(text: string): LearnLayers {
  if (text === "all") return "all";
  if (text === "last") return 1;
  const layers = Number(text);
  if (!Number.isInteger(layers) || layers < 1 || layers > 64)
    throw new InvalidArgumentError("Give all, last, or how many layers learn, from 1 to 64.");
  return layers;
}

export function optimizer(text: string): OptimizerName {
  const name = optimizerNames.find((known) => known === text);
  if (name === undefined) throw new InvalidArgumentError(`Known are ${optimizerNames.join(", ")}.`);
  return name;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 10_000_000)
    throw new InvalidArgumentError("Give a whole number from 1 to 10,000,000.");
  return value;
}

export function learningRate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1000)) throw new InvalidArgumentError("Give a number above 0, at most 1000.");
  return value;
}

/** A share of the whole, such as 0.25. */
export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError("Give a number above 0 and below 1.");
  return value;
}

export function list(text: string): string[] {
  return text.split(",").map((item) => item.trim());
}
