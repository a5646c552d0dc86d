import {compile} from "../../../compiler/compile.js";
import {descriptionSchema} from "../../../compiler/description/schema.js";
import {makeOptimizer, type OptimizerName, optimizerNames} from "../../../compiler/optimizers.js";
import {makeDataset} from "../../../host-sim/datasets/dataset.js";
import type {Job, Phase} from "../../../host-sim/replay/job.js";
import type {Replay} from "../../../host-sim/replay/replay.js";
import {Random} from "../../../runtime/random.js";

const labels = ["circle", "shake", "still"];
const columns = Array.from({length: 24}, (_, index) => `feature${index}`);

/** Three well-separated classes of 24 features, five examples each. */
function examples() {
  const random = new Random(1);
  const recordings = Array.from({length: 15}, (_, example) => ({
    label: labels[example % 3],
    rows: 1,
    source: `example ${example}`,
    samples: Float32Array.from(columns, (_, k) => (k % 3 === example % 3 ? 1 : 0) + random.uniform()),
  }));
  return makeDataset(columns, recordings);
}

/**
 * The 24-16-3 network of the gesture example on features that are ready, as a replay of a job.
 * @param hidden what else the description says of the hidden layer
 */
export function gestureReplay(job: Job, hidden: object = {}): Replay {
  const description = descriptionSchema.parse({
    name: "gesture",
    input: {columns},
    layers: [
      {type: "dense", units: 16, activation: "relu", ...hidden},
      {type: "dense", units: 3, activation: "softmax"},
    ],
    labels,
  });
  const {image, module} = compile(description, optimizerNames);
  return {image, module: module.javascript, labels, job, examples: {train: examples()}};
}

export const classifying: Phase = {kind: "classify", examples: "train"};

/** Outputs before, `steps` steps of learning, outputs after. */
export function learningJob(optimizer: OptimizerName, steps: number): Job {
  return {
    learning: {optimizer, batch: makeOptimizer(optimizer).gradients === 0 ? 1 : 5},
    phases: [classifying, {kind: "learn", examples: "train", steps}, classifying],
  };
}
