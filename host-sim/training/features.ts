import type {Description} from "../../compiler/description/schema.js";
import type {CollectorStage} from "../../compiler/preprocessing/stage.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {classOf} from "../datasets/class-of.js";
import type {Dataset, Recording} from "../datasets/dataset.js";
import {windowsOf} from "./windows.js";

/** A dataset as the network sees it before its transforms: one row of features an example, and what to say to it. */
export interface Examples {
  /** Of each example, its raw features. */
  readonly features: readonly Float32Array[];
  /** Of each example, the outputs wanted: its targets, or 1 for its label and 0 for the others. */
  readonly wanted: readonly Float32Array[];
}

/**
 * Computes features with the runtime's own code, so that training sees what the device will.
 *
 * @param description with labels, or with targets that the dataset has
 * @throws InputError for a recording whose label isn't among the labels, and as windowsOf does
 */
export function examplesOf(description: Description, dataset: Dataset): Examples {
  const [first] = fitStages(description, []);
  const collector = first?.kind === "collector" ? first : undefined;
  const {recordings} = windowsOf(description, dataset);
  const features = recordings.map((recording) =>
    collector === undefined ? recording.samples : collect(collector, recording),
  );
  return {features, wanted: recordings.map((recording) => wantedOf(description, recording))};
}

/**
 * @returns the outputs wanted for a recording: its targets, or 1 for its label and 0 for the others
 * @throws InputError for a label that isn't among the description's
 */
export function wantedOf({targets, labels = []}: Description, recording: Recording): Float32Array {
  // That a dataset has the description's targets is checked before anything is done with it.
  if (targets !== undefined) return recording.targets ?? new Float32Array(targets.length).fill(Number.NaN);
  const wanted = new Float32Array(labels.length);
  wanted[classOf(recording, labels)] = 1;
  return wanted;
}

function collect({runtime, axes, choice}: CollectorStage, {samples, rows}: Recording): Float32Array {
  const size = runtime.featureCount(axes, choice);
  const stateAt = size + axes;
  const arena = new Float32Array(stateAt + runtime.stateSize(axes, choice));
  for (let row = 0; row < rows; row++) {
    arena.set(samples.subarray(row * axes, (row + 1) * axes), size);
    runtime.add(arena, size, stateAt, axes, choice, row);
  }
  runtime.finish(arena, 0, stateAt, axes, choice, rows);
  return arena.slice(0, size);
}
