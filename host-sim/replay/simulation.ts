import type {Description} from "../../compiler/description/schema.js";
import {thresholdOf} from "../../compiler/image/read.js";
import {classCount} from "../../runtime/image/labels.js";
import {InputError} from "../../runtime/input-error.js";
import type {Dataset} from "../datasets/dataset.js";
import type {ModelFolder} from "../files/model-folder.js";
import {divideByKind, normalLabels} from "../training/anomalies.js";
import {type Evaluation, evaluateOutputs} from "../training/evaluate.js";
import {answersOf, needTargets} from "../training/features.js";
import {windowsOf} from "../training/windows.js";
import type {Cost, Job} from "./job.js";
import type {PhaseResult, Replay} from "./replay.js";

/** The parts of a compiled model that a simulation runs. */
export type SimulatedModel = Pick<ModelFolder, "description" | "image" | "module">;

/** A stretch of learning between two tests. */
export interface Teaching {
  readonly learning: NonNullable<Job["learning"]>;
  /** Recordings to learn from, one a step, from the first again after the last. */
  readonly recordings: Dataset;
  readonly steps: number;
}

/** What a simulation found. */
export interface Simulation {
  readonly arenaBytes: number;
  /** On the recordings, as the model was compiled. */
  readonly before: Evaluation;
  readonly inference: StepCost;
  /** After the teaching, where there was any. */
  readonly after: Evaluation | undefined;
  readonly learning: StepCost | undefined;
  /** Whether Node gave the same outputs, losses and parameters, byte for byte; undefined when Node was the engine. */
  readonly sameBytesAsNode: boolean | undefined;
}

/** What one inference or one step of learning costs on the engine; null where the engine can't tell. */
export interface StepCost {
  /** Of the network alone, mean over all. */
  readonly bytecodes: number | null;
  /** Of reading samples, the window's statistics and the transforms before it, mean over all. */
  readonly feedingBytecodes: number | null;
  /** With what feeds the network its samples, over all. */
  readonly allocated: Omit<Cost, "bytecodes"> | null;
  readonly runs: number;
}

/** A simulation that is ready to run, on whatever engine. */
export interface PreparedSimulation {
  readonly replay: Replay;
  /** @param results of each phase; @param inNode Node's, to compare with @throws InputError for numbers gone wrong */
  readonly summarize: (results: readonly PhaseResult[], inNode?: readonly PhaseResult[]) => Simulation;
}

/**
 * Prepares a test of a compiled model on recordings, a stretch of teaching if asked for, and then the test again.
 * @throws InputError for recordings with labels that the model doesn't know, or without its targets, and for a batch
 *   larger than the steps
 */
export function prepareSimulation(
  {description, image, module}: SimulatedModel,
  recordings: Dataset,
  teaching?: Teaching,
): PreparedSimulation {
  if (teaching !== undefined) checkBatch(teaching);
  const labels = labelsOf(description, recordings);
  const tests = windowsOf(description, recordings);
  const answers = answersOf({...description, labels}, tests);
  const test = {kind: "classify", examples: "test"} as const;
  const job: Job =
    teaching === undefined
      ? {phases: [test]}
      : {
          learning: teaching.learning,
          phases: [test, {kind: "learn", examples: "teach", steps: teaching.steps}, test],
        };
  const taught = teaching && windowsOf(description, learnable(description, teaching.recordings));
  if (taught !== undefined && description.targets !== undefined)
    needTargets(description.name, description.targets, taught);
  const examples = {test: tests, ...(taught && {teach: taught})};
  const threshold = thresholdOf(image);
  const tested = ({outputs, scores}: PhaseResult) =>
    evaluateOutputs({...description, labels}, answers, {
      outputs: rowsOf(outputs, answers.wanted.length),
      scores: [...scores],
      threshold,
    });
  return {
    replay: {image, module, labels, job, examples},
    summarize([before, learned, after], inNode) {
      if (learned !== undefined) checkLearned(learned);
      return {
        arenaBytes: before.arenaBytes,
        before: tested(before),
        inference: stepCost(before),
        after: after && tested(after),
        learning: learned && stepCost(learned),
        sameBytesAsNode:
          inNode && [before, learned, after].every((result, k) => sameBytes(result, inNode[k])),
      };
    },
  };
}

/** @throws InputError for a batch that the steps never fill */
function checkBatch({learning: {batch = 1}, steps}: Teaching): void {
  if (batch <= steps) return;
  const expected = `a whole number from 1 to ${steps}, as it learns ${steps} steps of one recording each`;
  throw new InputError("batch", expected, String(batch), "Take a smaller batch, or more steps.");
}

/** A model that learns what is normal is taught with nothing else. */
function learnable(description: Description, recordings: Dataset): Dataset {
  if (description.anomaly === undefined) return recordings;
  return divideByKind(recordings, normalLabels(description, recordings)).normal;
}

function checkLearned({parameters}: PhaseResult): void {
  const at = parameters.findIndex((parameter) => !Number.isFinite(parameter));
  if (at < 0) return;
  const remedy = "Lower the learning rate, and look for extreme values in the recordings.";
  throw new InputError(`learning: parameter ${at}`, "a finite number", `${parameters[at]}`, remedy);
}

/** Divides what is packed into as many rows. */
function rowsOf(packed: Float32Array, rows: number): Float32Array[] {
  const size = packed.length / rows;
  return Array.from({length: rows}, (_, k) => packed.subarray(k * size, (k + 1) * size));
}

/** @returns the outputs' names: where the model has none, those of the recordings, in the order that training takes */
function labelsOf({name, labels, targets, anomaly, layers}: Description, recordings: Dataset): string[] {
  if (labels !== undefined) return labels;
  if (targets !== undefined || anomaly !== undefined) return [];
  const units = classCount(layers[layers.length - 1].units);
  if (recordings.labels.length === units) return [...recordings.labels];
  const found = `${recordings.labels.length} (${recordings.labels.join(", ")})`;
  const remedy = 'Name the outputs with "labels" in the description.';
  throw new InputError(
    `${name}: labels of the recordings`,
    `${units}, as many as the outputs tell apart`,
    found,
    remedy,
  );
}

function stepCost({all, networkBytecodes, feedingBytecodes, runs}: PhaseResult): StepCost {
  const {slots, chunkBytes, collections} = all;
  return {
    feedingBytecodes: feedingBytecodes === null ? null : feedingBytecodes / runs,
    bytecodes: networkBytecodes === null ? null : networkBytecodes / runs,
    allocated: slots === null ? null : {slots, chunkBytes, collections},
    runs,
  };
}

/** @returns whether two engines gave the same outputs, scores, losses and parameters, bit for bit */
function sameBytes(one: PhaseResult | undefined, other: PhaseResult | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (["outputs", "scores", "losses", "parameters"] as const).every(
    (part) =>
      one[part].length === other[part].length &&
      // Tells -0 from 0, and takes NaN for NaN: its payload is not part of the numbers contract.
      one[part].every((value, k) => Object.is(value, other[part][k])),
  );
}
