import {NeuralNetwork} from "brain.js";
import {type Job, LEARNING_RATE, MOMENTUM} from "../job.js";
import {examplesOf, targetOf, type Workload} from "../workload.js";
import type {Contender, Turn} from "./contender.js";

/** Its update always has momentum, which must be above 0. It knows no batches. */
export const contender: Contender = Object.freeze({
  makeTurn(workload: Workload, {optimizer, batch}: Job): Turn | undefined {
    if (batch > 1) return undefined;
    const {sizes} = workload;
    const network = new NeuralNetwork({
      inputSize: sizes[0],
      hiddenLayers: sizes.slice(1, -1),
      outputSize: sizes[sizes.length - 1],
      activation: "relu",
      learningRate: LEARNING_RATE,
      momentum: optimizer === "momentum" ? MOMENTUM : 1e-9,
      ...(optimizer === "adam" ? {praxis: "adam"} : {}),
    });
    network.initialize();
    const examples = examplesOf(workload).map((example) => ({
      input: example.input,
      output: targetOf(workload, example),
    }));
    let next = 0;
    if (optimizer === undefined) return () => network.run(examples[next++ % examples.length].input)[0];
    return () => {
      network.trainPattern(examples[next++ % examples.length]);
      return network.outputs[sizes.length - 1][0];
    };
  },
});
