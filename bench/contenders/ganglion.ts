import type {Learner} from "../../runtime/learner.js";
import type {Model} from "../../runtime/model.js";
import type {Network} from "../../runtime/network.js";
import type {Optimizer} from "../../runtime/optimizers/optimizer.js";
import type {Job} from "../job.js";
import {examplesOf, type Workload} from "../workload.js";
import type {Turn} from "./contender.js";

/** The runtime's classes and a compiled network, as the bundle has them. */
export interface Ganglion {
  readonly Network: typeof Network;
  readonly Learner: typeof Learner;
  readonly model: Model;
  readonly image: Uint8Array;
  /** Undefined for inference. */
  readonly optimizer: Optimizer | undefined;
}

/** @param ganglion compiled for the workload and the job */
export function makeTurn(
  {Network, Learner, model, image, optimizer}: Ganglion,
  workload: Workload,
  {batch}: Job,
): Turn {
  const examples = examplesOf(workload);
  let next = 0;
  if (optimizer === undefined) {
    const network = new Network(model, image);
    return () => {
      network.load(examples[next++ % examples.length].input);
      network.predict();
      return network.output[0];
    };
  }
  const learner = new Learner(model, image, optimizer, {batch});
  const {network} = learner;
  const isClassifier = workload.kind === "classifier";
  return () => {
    let loss = 0;
    for (let k = 0; k < batch; k++) {
      const {input, label} = examples[next++ % examples.length];
      network.load(input);
      loss = isClassifier ? learner.learn(label) : learner.learnInput();
    }
    return loss;
  };
}
