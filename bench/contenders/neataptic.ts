import {architect, methods} from "neataptic";
import {type Job, LEARNING_RATE, MOMENTUM} from "../job.js";
import {examplesOf, targetOf, type Workload} from "../workload.js";
import type {Contender, Turn} from "./contender.js";

/** It knows neither softmax nor Adam. */
export const contender: Contender = Object.freeze({
  makeTurn(workload: Workload, {optimizer, batch}: Job): Turn | undefined {
    if (optimizer === "adam") return undefined;
    const network = new architect.Perceptron(...workload.sizes);
    for (const node of network.nodes) {
      if (node.type === "hidden") node.squash = methods.activation.RELU;
      if (node.type === "output") node.squash = methods.activation.IDENTITY;
    }
    const examples = examplesOf(workload).map((example) => ({
      input: example.input,
      target: targetOf(workload, example),
    }));
    const momentum = optimizer === "momentum" ? MOMENTUM : 0;
    let next = 0;
    if (optimizer === undefined)
      return () => network.noTraceActivate(examples[next++ % examples.length].input)[0];
    return () => {
      let first = 0;
      for (let k = 1; k <= batch; k++) {
        const {input, target} = examples[next++ % examples.length];
        first = network.activate(input, true)[0];
        network.propagate(LEARNING_RATE, momentum, k === batch, target);
      }
      return first;
    };
  },
});
