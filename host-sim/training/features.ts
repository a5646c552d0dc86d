import type {Description} from "../../compiler/description/schema.js";
import type {CollectorStage} from "../../compiler/preprocessing/stage.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {classOf} from "../datasets/class-of.js";
import type {Dataset, Recording} from "../datasets/dataset.js";
import {windowsOf} from "./windows.js";

/** A dataset as the network sees it before its transforms: one row of features and one class an example. */
export interface Examples {
  readonly labels: readonly string[];
  /** Of each example, its raw features. */
  readonly features: readonly Float32Array[];
  /** Of each example, the index of its label. */
  readonly classes: readonly number[];
}

/**
 * Computes features with the runtime's own code, so that training sees what the device will.
 *
 * @param labels the order of the network's outputs
 * @throws InputError for a recording whose label isn't among `labels`, and as windowsOf does
 */
export function examplesOf(description: Description, dataset: Dataset, labels: readonly string[]): Examples {
  const [first] = fitStages(description, []);
  const collector = first?.kind === "collector" ? first : undefined;
  const {recordings} = windowsOf(description, dataset);
  const features = recordings.map((recording) =>
    collector === undefined ? recording.samples : collect(collector, recording),
  );
  const classes = recordings.map((recording) => classOf(recording, labels));
  return {labels, features, classes};
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
