import type {Description} from "../../compiler/description/schema.js";
import type {CollectorStage} from "../../compiler/preprocessing/stage.js";
import {fitStages} from "../../compiler/preprocessing/stages.js";
import {InputError} from "../../runtime/input-error.js";
import {classOf} from "../datasets/class-of.js";
import type {Dataset, Recording} from "../datasets/dataset.js";
import {isAnomaly, normalLabels} from "./anomalies.js";
import {windowsOf} from "./windows.js";

/** What a network should say of each example. */
export interface Answers {
  /** Of each example, the outputs wanted: its targets; or 1 for its label and 0 for the others; none for anomalies. */
  readonly wanted: readonly Float32Array[];
  /** Of each example, the index of its label; undefined when numbers are predicted, or anomalies found. */
  readonly classes: readonly number[] | undefined;
  /** Of each example, whether it is an anomaly; undefined unless these are to be found. */
  readonly anomalous?: readonly boolean[] | undefined;
}

/** A dataset as the network sees it before its transforms. */
export interface Examples extends Answers {
  /** Of each example, its raw features. */
  readonly features: readonly Float32Array[];
}

/**
 * Computes features with the runtime's own code, so that training sees what the device will.
 *
 * @param description with labels, targets or `anomaly`
 * @throws InputError as windowsOf and answersOf do
 */
export function examplesOf(description: Description, dataset: Dataset): Examples {
  const [first] = fitStages(description, []);
  const collector = first?.kind === "collector" ? first : undefined;
  const windows = windowsOf(description, dataset);
  const features = windows.recordings.map((recording) =>
    collector === undefined ? recording.samples : collect(collector, recording),
  );
  return {features, ...answersOf(description, windows)};
}

/**
 * @param description with labels, targets or `anomaly`
 * @param windows as windowsOf cuts them
 * @throws InputError for a recording whose label isn't among the labels, and for recordings without the targets
 */
export function answersOf(description: Description, windows: Dataset): Answers {
  const {targets, labels = [], layers} = description;
  const {recordings} = windows;
  if (description.anomaly !== undefined) {
    const normal = normalLabels(description, windows);
    const anomalous = recordings.map((recording) => isAnomaly(recording, normal));
    return {wanted: recordings.map(() => NOTHING), classes: undefined, anomalous};
  }
  if (targets !== undefined) {
    needTargets(description.name, targets, windows);
    return {wanted: recordings.map(targetsOf), classes: undefined};
  }
  const classes = recordings.map((recording) => classOf(recording, labels));
  const {units} = layers[layers.length - 1];
  return {wanted: classes.map((index) => outputsFor(index, units)), classes};
}

const NOTHING = new Float32Array(0);

/** @throws InputError for recordings that were read without the model's targets, or with others */
export function needTargets(name: string, wanted: readonly string[], {targets = []}: Dataset): void {
  if (wanted.join("\n") === targets.join("\n")) return;
  const remedy = "Read the recordings with the model's targets.";
  throw new InputError(`${name}: targets`, wanted.join(", "), targets.join(", ") || "none", remedy);
}

/** @returns the outputs wanted for a class; a single one is the second label's */
function outputsFor(index: number, outputs: number): Float32Array {
  if (outputs === 1) return Float32Array.of(index);
  const wanted = new Float32Array(outputs);
  wanted[index] = 1;
  return wanted;
}

/** @returns a recording's targets; a dataset that has any has them in all recordings */
function targetsOf({targets, source}: Recording): Float32Array {
  if (targets === undefined) throw new Error(`${source} has no targets, its dataset has`);
  return targets;
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
