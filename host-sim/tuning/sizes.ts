import {compile} from "../../compiler/compile.js";
import type {Description} from "../../compiler/description/schema.js";
import {lower} from "../../compiler/graph/lower.js";
import type {OptimizerName} from "../../compiler/optimizers.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {reportOf} from "../../compiler/report.js";
import type {Dataset} from "../datasets/dataset.js";
import {describedFor} from "../training/described-for.js";

/** What a description takes on a device once it is trained; bytes, but for the parameters. */
export interface Sizes {
  readonly parameters: number;
  readonly imageBytes: number;
  /** Of the arena, to classify or predict. */
  readonly inferenceBytes: number;
  /** Of the arena, to learn on the device; undefined where it isn't to learn. */
  readonly learningBytes: number | undefined;
}

/**
 * @param dataset whose labels stand in for missing ones
 * @param learn with what the device is to learn; with nothing when left out
 * @throws InputError as compile does, and for labels or targets that the dataset doesn't have
 */
export function sizesOf(described: Description, dataset: Dataset, learn: OptimizerName | undefined): Sizes {
  const description = describedFor(described, dataset);
  const untrained = {graph: lower(description), stages: fitStages(description, [])};
  // Training finds a threshold; as many bytes, whatever it is.
  const threshold = description.anomaly && 0;
  const compiled = compile(description, learn === undefined ? [] : [learn], {...untrained, threshold});
  const {parameters, imageBytes, arenas} = reportOf(compiled);
  const bytesFor = (wanted: string | undefined) => arenas.find(({use}) => use === wanted)?.bytes;
  return {
    parameters,
    imageBytes,
    inferenceBytes: bytesFor("inference")!,
    learningBytes: bytesFor(learn),
  };
}

/** @returns bytes of the largest arena that is asked for */
export function arenaBytesOf({inferenceBytes, learningBytes}: Sizes): number {
  return learningBytes ?? inferenceBytes;
}

/** Smaller arenas first; of equal ones the smaller image. */
export function bySize(a: {sizes: Sizes}, b: {sizes: Sizes}): number {
  return arenaBytesOf(a.sizes) - arenaBytesOf(b.sizes) || a.sizes.imageBytes - b.sizes.imageBytes;
}
