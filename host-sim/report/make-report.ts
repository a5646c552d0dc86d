import {readMetadata} from "../../compiler/image/metadata.js";
import {readGraph} from "../../compiler/image/read-graph.js";
import {readPlans} from "../../compiler/image/read-plans.js";
import {sectionsOf} from "../../compiler/image/sections.js";
import {modelOfImage} from "../../compiler/module/model-of-image.js";
import {windowSize} from "../../compiler/preprocessing/stages.js";
import type {Board} from "../../devices/boards.js";
import {crc32} from "../../runtime/image/crc32.js";
import {openImage} from "../../runtime/image/open.js";
import type {Dataset} from "../datasets/dataset.js";
import type {ModelFolder} from "../files/model-folder.js";
import type {Engine} from "../xs/engine.js";
import {memoryFigures} from "./memory-figures.js";
import type {FormatFigures, Missing, ModelReport, TrainingFigures} from "./model-report.js";
import {networkFigures} from "./network-figures.js";
import {qualityFigures} from "./quality-figures.js";
import {readFormats, readTraining} from "./saved-figures.js";
import {timeFigures} from "./time-figures.js";

/** What the figures are taken from, beside the model. */
export interface ReportSources {
  /** To test on, with where they are; undefined when there are none. */
  readonly recordings: {readonly path: string; readonly dataset: Dataset} | undefined;
  /** Real XS, to measure on, or why there is none. */
  readonly engine: Engine | Missing;
  /** To estimate times for. */
  readonly boards: readonly Board[];
}

/**
 * Takes all figures of a compiled model: memory, flash and the network from its image, the others from what lies beside it
 * and from running it.
 * @throws InputError for a damaged folder, and for recordings that don't fit
 */
export async function makeReport(model: ModelFolder, sources: ReportSources): Promise<ModelReport> {
  const {description, image: bytes} = model;
  const {recordings} = sources;
  const image = openImage(bytes);
  const {name, format = "float32"} = readMetadata(bytes);
  const graph = readGraph(image);
  const plans = readPlans(image, graph, windowSize(description.input));
  const running = {description, image: bytes, model: modelOfImage(description, image.program[2])};
  const report: ModelReport = {
    name,
    format,
    network: networkFigures(description, graph),
    memory: memoryFigures(graph, plans),
    flash: {imageBytes: bytes.length, sections: sectionsOf(bytes)},
    time: await timeOf(
      model,
      sources,
      plans.flatMap(({ways}) => ways),
    ),
    quality:
      recordings === undefined ? NO_RECORDINGS : qualityFigures(running, recordings.dataset, recordings.path),
    formats: await formatsOf(model, format),
    training: await trainingOf(model),
  };
  // What goes through JSON loses nothing here but numbers that aren't finite, which become null as there.
  return JSON.parse(JSON.stringify(report)) as ModelReport;
}

const NO_RECORDINGS: Missing = {
  missing:
    "There were no recordings to test on. Name some with --data, or let `ganglion train` hold some out.",
};

async function timeOf(
  model: ModelFolder,
  {recordings, engine, boards}: ReportSources,
  ways: Parameters<typeof timeFigures>[2],
): Promise<ModelReport["time"]> {
  if (recordings === undefined)
    return {missing: "Time is measured on recordings, and there were none. Name some with --data."};
  if ("missing" in engine) return engine;
  return timeFigures(model, recordings.dataset, ways, engine, boards);
}

async function formatsOf(
  {formatsFile, image}: ModelFolder,
  format: ModelReport["format"],
): Promise<FormatFigures | Missing> {
  if (format === "float32")
    return {missing: "The image is in float32 itself. `ganglion compile --format int8` compares the two."};
  const remedy = "Compile it with --format and --calibrate, which compares the two.";
  if (formatsFile === undefined)
    return {missing: `It was compiled without recordings to compare on. ${remedy}`};
  const {image: compared, ...figures} = await readFormats(formatsFile);
  if (compared === crc32(image, 0, image.length)) return figures;
  return {missing: `${formatsFile} is about another image. ${remedy}`};
}

async function trainingOf({historyFile}: ModelFolder): Promise<TrainingFigures | Missing> {
  if (historyFile !== undefined) return readTraining(historyFile);
  return {missing: "No history of a training lies beside the image: it was compiled, not trained."};
}
