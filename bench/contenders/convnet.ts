import convnetjs from "convnetjs";
import {type Job, LEARNING_RATE, MOMENTUM} from "../job.js";
import {examplesOf, type Workload} from "../workload.js";
import type {Contender, Turn} from "./contender.js";

/** It knows no Adam. */
export const contender: Contender = Object.freeze({
  makeTurn(workload: Workload, {optimizer, batch}: Job): Turn | undefined {
    if (optimizer === "adam") return undefined;
    const {sizes, kind} = workload;
    const network = new convnetjs.Net();
    const last = sizes[sizes.length - 1];
    network.makeLayers([
      {type: "input", out_sx: 1, out_sy: 1, out_depth: sizes[0]},
      ...sizes.slice(1, -1).map((units) => ({type: "fc", num_neurons: units, activation: "relu"})),
      kind === "classifier" ? {type: "softmax", num_classes: last} : {type: "regression", num_neurons: last},
    ]);
    const examples = examplesOf(workload).map(({input, label}) => ({
      volume: new convnetjs.Vol([...input]),
      answer: kind === "classifier" ? label : [...input],
    }));
    let next = 0;
    if (optimizer === undefined) return () => network.forward(examples[next++ % examples.length].volume).w[0];
    const trainer = new convnetjs.Trainer(network, {
      method: "sgd",
      learning_rate: LEARNING_RATE,
      momentum: optimizer === "momentum" ? MOMENTUM : 0,
      batch_size: batch,
    });
    return () => {
      let loss = 0;
      for (let k = 0; k < batch; k++) {
        const {volume, answer} = examples[next++ % examples.length];
        loss = trainer.train(volume, answer).loss;
      }
      return loss;
    };
  },
});
