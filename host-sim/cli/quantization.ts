import {type Command, InvalidArgumentError, Option} from "commander";
import {type Compiled, compile, type Trained} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
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
  /** What it is compared with: the same parameters in float32, fine-tuned where `compiled` is. */
  readonly reference: "float32" | "fine-tuned float32";
  /** Undefined in float32 and where there are no recordings. */
  readonly comparison: FormatComparison | undefined;
  /** On the recordings, of the reference and as compiled; undefined likewise. */
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
): Promise<FormatResult> {
  const {format, calibrate, percentile: share, fineTune: epochs} = flags;
  const recordings = calibrate === undefined ? undefined : await readFor(description, calibrate, flags);
  if (recordings === undefined && (format === "int8" || epochs !== undefined)) {
    const option = format === "int8" ? "--format int8" : "--fine-tune";
    const remedy = "Name those that it was trained on with --calibrate.";
    throw new InputError(option, "recordings", "none", remedy);
  }
  const isFineTuned = epochs !== undefined && recordings !== undefined;
  const plain = compile(description, learn, trained);
  const float = isFineTuned ? compile(description, learn, fineTune(plain, recordings, epochs)) : plain;
  const rows = recordings === undefined ? [] : examplesOf(description, recordings).features;
  const quantization: Quantization = format === "int8" ? {format, rows, percentile: share} : {format};
  const compiled = compile(description, learn, float.source, quantization);
  const reference = isFineTuned ? "fine-tuned float32" : "float32";
  if (format === "float32" || recordings === undefined)
    return {compiled, reference, comparison: undefined, before: undefined, after: undefined, rows};
  return {compiled, reference, ...compared(float, compiled, recordings, rows), rows};
}

function compared(
  float: Compiled,
  compiled: Compiled,
  recordings: Dataset,
  rows: readonly Float32Array[],
): Pick<FormatResult, "comparison" | "before" | "after"> {
  return {
    comparison: compareFormats({...compiled, source: float.source}, rows),
    before: evaluateModel(float, recordings),
    after: evaluateModel(compiled, recordings),
  };
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
export function printFormat({compiled, reference, comparison, before, after}: FormatResult): void {
  if (comparison === undefined || before === undefined || after === undefined) return;
  const {format} = compiled.quantization;
  heading(`${format} against ${reference}, on ${comparison.examples} examples`);
  print(`  ${qualityName(before)} in ${reference} ${qualityText(before)}`);
  print(`  ${qualityName(after)} in ${format} ${qualityText(after)}`);
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
