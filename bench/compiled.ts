import {type Compiled, compile} from "../compiler/compile.js";
import {checkDescription} from "../compiler/description/read.js";
import type {Description} from "../compiler/description/schema.js";
import type {KernelSet} from "../compiler/kernels/kernel-set.js";
import type {OptimizerName} from "../compiler/optimizers.js";
import type {Quantization} from "../compiler/quantization/quantization.js";
import {type Dataset, makeDataset} from "../host-sim/datasets/dataset.js";
import type {Job as ReplayJob} from "../host-sim/replay/job.js";
import type {Replay} from "../host-sim/replay/replay.js";
import {type Job, LEARNING_RATE} from "./job.js";
import {EXAMPLES, examplesOf, type Workload, weightsOf} from "./workload.js";

/** The name of the examples in a replay. */
const TRAINING = "training";

/** @returns the optimizer that does a job: of single examples, gradient descent and Adam need no gradients stored */
export function optimizerOf({optimizer, batch}: Job): OptimizerName | undefined {
  if (batch > 1 || optimizer === undefined || optimizer === "momentum") return optimizer;
  return optimizer === "sgd" ? "online-sgd" : "online-adam";
}

/** Of a larger network generated code is megabytes, which no chip has for it. */
const MOST_GENERATED = 20_000;

/** @returns whether a set of kernels is made for a network of this size */
export function isMadeFor(kernels: KernelSet, workload: Workload): boolean {
  return kernels !== "generated" || weightsOf(workload) <= MOST_GENERATED;
}

export function descriptionOf(workload: Workload): Description {
  const {sizes, kind} = workload;
  const isClassifier = kind === "classifier";
  const last = sizes.length - 2;
  return checkDescription({
    name: "bench",
    input: {columns: columnsOf(workload)},
    preprocessing: [],
    ...(isClassifier ? {labels: labelsOf(workload)} : {loss: "reconstruction", anomaly: {}}),
    layers: sizes.slice(1).map((units, k) => ({
      type: "dense",
      units,
      activation: k < last ? "relu" : isClassifier ? "softmax" : "linear",
    })),
  });
}

/** @returns what the job needs and no more, with starting parameters */
export function compileFor(workload: Workload, job: Job, kernels: KernelSet): Compiled {
  const optimizer = optimizerOf(job);
  const learn = optimizer === undefined ? [] : [optimizer];
  const options = {kernels, flashBudget: Infinity};
  return compile(descriptionOf(workload), learn, undefined, quantizationOf(workload, job), options);
}

/** The examples are what the ranges of int8 are taken from. */
function quantizationOf(workload: Workload, {format}: Job): Quantization {
  if (format !== "int8") return {format};
  return {format, rows: examplesOf(workload).map(({input}) => Float32Array.from(input)), percentile: 100};
}

/**
 * @param examples how many; each is run or learned once
 * @returns the job as the simulator replays it
 */
export function replayFor(
  workload: Workload,
  job: Job,
  kernels: KernelSet,
  examples: number = EXAMPLES,
): Replay {
  const {image, module} = compileFor(workload, job, kernels);
  return {
    image,
    module: module.javascript,
    labels: workload.kind === "classifier" ? labelsOf(workload) : [],
    job: replayJobOf(job, examples),
    examples: {[TRAINING]: datasetOf(workload, examples)},
  };
}

function replayJobOf(job: Job, steps: number): ReplayJob {
  const optimizer = optimizerOf(job);
  if (optimizer === undefined) return {phases: [{kind: "classify", examples: TRAINING}]};
  return {
    learning: {optimizer, batch: job.batch, learningRate: LEARNING_RATE},
    phases: [{kind: "learn", examples: TRAINING, steps}],
  };
}

function datasetOf(workload: Workload, count: number): Dataset {
  const labels = labelsOf(workload);
  const examples = examplesOf(workload).slice(0, count);
  const recordings = examples.map(({input, label}, k) => ({
    label: workload.kind === "classifier" ? labels[label] : "normal",
    rows: 1,
    source: `example ${k}`,
    samples: Float32Array.from(input),
  }));
  return makeDataset(columnsOf(workload), recordings);
}

function columnsOf({sizes}: Workload): string[] {
  return Array.from({length: sizes[0]}, (_, k) => `feature${k}`);
}

function labelsOf({sizes}: Workload): string[] {
  return Array.from({length: sizes[sizes.length - 1]}, (_, k) => `class${k}`);
}
