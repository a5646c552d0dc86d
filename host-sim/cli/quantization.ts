import {type Command, InvalidArgumentError, Option} from "commander";
import {type Compiled, compile, type Trained} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import type {KernelOptions} from "../../compiler/kernels/kernel-set.js";
import type {WayOfLearning} from "../../compiler/learning-ways.js";
import {compareFormats, type FormatComparison} from "../../compiler/quantization/compare.js";
import {
  type NumberFormat,
  numberFormats,
  type Quantization,
} from "../../compiler/quantization/quantization.js";
import {crc32} from "../../runtime/image/crc32.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import {percentText} from "../metrics/percent.js";
import type {SavedFormats} from "../report/model-report.js";
import {type Evaluation, evaluateModel} from "../training/evaluate.js";
import {examplesOf} from "../training/features.js";
import {fineTune} from "../training/fine-tune.js";
import {scoreOf} from "../training/score.js";
import {addDataOptions, type DataOptions, readFor, wholeNumber} from "./options.js";
import {heading, print, printTable} from "./print.js";
import {qualityName, qualityText} from "./print-evaluation.js";

/** In which numbers a model is to be compiled. */
export interface QuantizationFlags extends DataOptions {
  readonly format: NumberFormat;
  readonly calibrate?: string;
  readonly percentile: number;
  readonly fineTune?: number;
}

/** Adds `--format` and what belongs to it. */
export function addQuantizationOptions(command: Command): Command {
  command
    .addOption(
      new Option("--format <format>", "in which numbers the image holds the model")
        .choices(numberFormats)
        .default("float32"),
    )
    .option("--calibrate <data>", "recordings to find the range of each layer on, and to compare formats on")
    .addOption(
      new Option("--percentile <p>", "for int8: how many percent of a layer's values its range holds")
        .argParser(percentile)
        .default(100),
    )
    .option("--fine-tune <epochs>", "train on those recordings with weights rounded to int8", wholeNumber);
  return addDataOptions(command);
}

/** What a format did to a model. */
export interface FormatResult {
  readonly compiled: Compiled;
  /** Whether fine-tuning did better and was kept; undefined where nothing was fine-tuned. */
  readonly tuning: "kept" | "left out" | undefined;
  /** With the same parameters in float32, so the fine-tuned ones where they were kept; undefined in float32 and where there
   * are no recordings. */
  readonly comparison: FormatComparison | undefined;
  /** On the recordings, of the float32 network as it was given and as compiled; undefined likewise. */
  readonly before: Evaluation | undefined;
  readonly after: Evaluation | undefined;
  /** Raw features of the recordings' examples; none where there are no recordings. */
  readonly rows: readonly Float32Array[];
}

/** @throws InputError for formats that need recordings and have none, and as compile does */
export async function compileInFormat(
  description: Description,
  learn: readonly WayOfLearning[],
  trained: Trained | undefined,
  flags: QuantizationFlags,
  kernels?: KernelOptions,
): Promise<FormatResult> {
  const {format, calibrate, percentile: share, fineTune: epochs} = flags;
  const recordings = calibrate === undefined ? undefined : await readFor(description, calibrate, flags);
  if (recordings === undefined && (format === "int8" || epochs !== undefined)) {
    const option = format === "int8" ? "--format int8" : "--fine-tune";
    const remedy = "Name those that it was trained on with --calibrate.";
    throw new InputError(option, "recordings", "none", remedy);
  }
  const plain = compile(description, learn, trained, {format: "float32"}, kernels);
  const rows = recordings === undefined ? [] : examplesOf(description, recordings).features;
  const quantization: Quantization = format === "int8" ? {format, rows, percentile: share} : {format};
  const untuned =
    format === "float32" ? plain : compile(description, learn, plain.source, quantization, kernels);
  if (recordings === undefined)
    return {
      compiled: untuned,
      tuning: undefined,
      comparison: undefined,
      before: undefined,
      after: undefined,
      rows,
    };
  const {float, compiled, tuning} =
    epochs === undefined
      ? {float: plain, compiled: untuned, tuning: undefined}
      : tuned(plain, untuned, recordings, epochs);
  if (format === "float32")
    return {compiled, tuning, comparison: undefined, before: undefined, after: undefined, rows};
  const comparison = compareFormats({...compiled, source: float.source}, rows);
  const before = evaluateModel(plain, recordings);
  return {compiled, tuning, comparison, before, after: evaluateModel(compiled, recordings), rows};
}

/** Keeps what fine-tuning gave only where it does better on these recordings. */
function tuned(
  plain: Compiled,
  untuned: Compiled,
  recordings: Dataset,
  epochs: number,
): {float: Compiled; compiled: Compiled; tuning: NonNullable<FormatResult["tuning"]>} {
  const {description, ways, quantization, kernelOptions} = untuned;
  const float = compile(
    description,
    ways,
    fineTune(plain, recordings, epochs),
    {format: "float32"},
    kernelOptions,
  );
  const compiled = compile(description, ways, float.source, quantization, kernelOptions);
  const scores = [untuned, compiled].map((model) => scoreOf(evaluateModel(model, recordings)));
  return scores[1] > scores[0]
    ? {float, compiled, tuning: "kept"}
    : {float: plain, compiled: untuned, tuning: "left out"};
}

/**
 * @param recordings that both ran on
 * @returns what the report reads of it; undefined where nothing was compared
 */
export function savedFormats(
  {compiled, comparison, before, after}: FormatResult,
  recordings: string | undefined,
): SavedFormats | undefined {
  if (comparison === undefined || before === undefined || after === undefined || recordings === undefined)
    return undefined;
  const quality = (evaluation: Evaluation) =>
    evaluation.kind === "classification"
      ? evaluation.accuracy
      : evaluation.kind === "regression"
        ? evaluation.r2
        : evaluation.areaUnderRoc;
  return {
    image: crc32(compiled.image, 0, compiled.image.length),
    recordings,
    examples: comparison.examples,
    measure: qualityName(before),
    float32: quality(before),
    compiled: quality(after),
    changed: before.kind === "classification" ? (comparison.changed?.length ?? null) : null,
    layers: comparison.layers,
  };
}

/** Prints what a format did, where recordings told it. */
export function printFormat({compiled, tuning, comparison, before, after}: FormatResult): void {
  if (comparison === undefined || before === undefined || after === undefined) return;
  const {format} = compiled.quantization;
  heading(`${format} against float32, on ${comparison.examples} examples`);
  print(`  ${qualityName(before)} in float32, as it was given, ${qualityText(before)}`);
  print(`  ${qualityName(after)} in ${format} ${qualityText(after)}`);
  if (tuning === "kept") print("  fine-tuned: below, it is compared with the fine-tuned float32");
  if (tuning === "left out") print("  fine-tuning did no better on these recordings, and was left out");
  const inInt8 = compiled.graph.nodes.some(({int8}) => int8.length > 0);
  const isWhole = compiled.graph.nodes.some(({operator}) => operator.runtime.takesInt8 === true);
  if (!inInt8) print("  nothing in it can be int8: it is float32 all the same");
  else if (format === "int8" && !isWhole)
    print("  all layers may learn on the device, so only weights are int8; see --learn and --learn-layers");
  if (comparison.changed !== undefined) print(`  ${comparison.changed.length} examples got another label`);
  printTable(
    ["layer", ">error", ">of its size", ">cut off"],
    comparison.layers.map(({layer, error, relativeError, saturated}) => [
      layer,
      error.toPrecision(3),
      percentText(relativeError),
      percentText(saturated),
    ]),
  );
}

function percentile(text: string): number {
  const value = Number(text);
  if (!(value > 50 && value <= 100)) throw new InvalidArgumentError("Give a number above 50, at most 100.");
  return value;
}
