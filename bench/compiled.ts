import {type Compiled, compile} from "../compiler/compile.js";
import {checkDescription} from "../compiler/description/read.js";
import type {OptimizerName} from "../compiler/optimizers.js";
import {type Dataset, makeDataset} from "../host-sim/datasets/dataset.js";
import type {Job as ReplayJob} from "../host-sim/replay/job.js";
import type {Replay} from "../host-sim/replay/replay.js";
import type {KernelSet} from "./contenders/table.js";
import {type Job, LEARNING_RATE} from "./job.js";
import {EXAMPLES, examplesOf, type Workload} from "./workload.js";

/** The name of the examples in a replay. */
const TRAINING = "training";

/** @returns the optimizer that does a job: gradient descent of single examples needs no gradients stored */
export function optimizerOf({optimizer, batch}: Job): OptimizerName | undefined {
  return optimizer === "sgd" && batch === 1 ? "online-sgd" : optimizer;
}

/** @returns what the job needs and no more, with starting parameters */
export function compileFor(workload: Workload, job: Job, _kernels: KernelSet): Compiled {
  const {sizes, kind} = workload;
  const isClassifier = kind === "classifier";
  const last = sizes.length - 2;
  const optimizer = optimizerOf(job);
  const description = checkDescription({
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
  return compile(description, optimizer === undefined ? [] : [optimizer]);
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
