import FeedForwardNeuralNetwork from "ml-fnn";
import {type Job, LEARNING_RATE} from "../job.js";
import {EXAMPLES, examplesOf, type Workload} from "../workload.js";
import type {Contender, Turn} from "./contender.js";

/** Hidden units are tanh, whatever one asks for. It knows classifiers alone, and no other rule than gradient descent. */
export const contender: Contender = Object.freeze({
  makeTurn(workload: Workload, {optimizer, batch}: Job): Turn | undefined {
    if (workload.kind !== "classifier" || optimizer === "momentum" || optimizer === "adam") return undefined;
    const network = new FeedForwardNeuralNetwork({
      hiddenLayers: workload.sizes.slice(1, -1),
      iterations: 1,
      learningRate: LEARNING_RATE,
      regularization: 1e-12,
      activation: "tanh",
    });
    const examples = examplesOf(workload);
    const inputs = examples.map(({input}) => [[...input]]);
    const all = inputs.flat();
    const labels = examples.map(({label}) => label);
    network.train(all, labels);
    let next = 0;
    if (optimizer === undefined) return () => Number(network.predict(inputs[next++ % EXAMPLES])[0]);
    return () => {
      const example = next++ % EXAMPLES;
      // It takes the classes that it finds for the network's outputs, so that a single example is of the first: the work
      // is the same.
      if (batch > 1) network.train(all, labels);
      else network.train(inputs[example], [labels[example]]);
      return 0;
    };
  },
});
