import {Architect, Neuron} from "synaptic";
import {type Job, LEARNING_RATE} from "../job.js";
import {examplesOf, targetOf, type Workload, weightsOf} from "../workload.js";
import type {Contender, Turn} from "./contender.js";

/** It writes straight-line code. It knows neither softmax nor batches nor another rule than gradient descent. */
export const contender: Contender = Object.freeze({
  makeTurn(workload: Workload, {optimizer, batch}: Job): Turn | undefined {
    // Hundreds of thousands of weights become megabytes of code in a single function.
    if (batch > 1 || optimizer === "momentum" || optimizer === "adam" || weightsOf(workload) > 50_000)
      return undefined;
    const network = new Architect.Perceptron(...workload.sizes);
    for (const layer of network.layers.hidden) layer.set({squash: Neuron.squash.RELU});
    network.layers.output.set({squash: Neuron.squash.IDENTITY});
    const examples = examplesOf(workload).map((example) => ({
      input: example.input,
      target: targetOf(workload, example),
    }));
    let next = 0;
    if (optimizer === undefined) return () => network.activate(examples[next++ % examples.length].input)[0];
    return () => {
      const {input, target} = examples[next++ % examples.length];
      const output = network.activate(input);
      network.propagate(LEARNING_RATE, target);
      return output[0];
    };
  },
});
