import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import {type Job, LEARNING_RATE, MOMENTUM} from "../job.js";
import {EXAMPLES, examplesOf, targetOf, type Workload} from "../workload.js";
import type {Contender, Turn} from "./contender.js";

// Where there is neither a browser nor Node, somebody has to say what it runs on.
if (tf.env().platform === undefined)
  tf.env().setPlatform("none", {
    fetch: () => Promise.reject(new Error("nothing to fetch from")),
    now: () => 0,
    encode: () => new Uint8Array(0),
    decode: () => "",
    isTypedArray: (value): value is Float32Array => value instanceof Float32Array,
  });

/** Its core on the cpu backend, which is faster than its layers. */
export const contender: Contender = Object.freeze({
  makeTurn(workload: Workload, {optimizer, batch}: Job): Turn | undefined {
    const {sizes, kind} = workload;
    const layers = sizes.slice(1).map((units, k) => ({
      weights: tf.variable(tf.randomNormal<tf.Rank.R2>([sizes[k], units], 0, Math.sqrt(2 / sizes[k]))),
      biases: tf.variable(tf.zeros<tf.Rank.R1>([units])),
    }));
    const run = (inputs: tf.Tensor2D): tf.Tensor2D => {
      let values: tf.Tensor = inputs;
      layers.forEach(({weights: b, biases: bias}, k) => {
        const activation = k === layers.length - 1 ? "linear" : "relu";
        values = tf.fused.matMul({a: values, b, bias, activation});
      });
      return values as tf.Tensor2D;
    };
    const outputs = sizes[sizes.length - 1];
    const examples = examplesOf(workload);
    const batches = Array.from({length: EXAMPLES / batch}, (_, k) => {
      const chosen = examples.slice(k * batch, (k + 1) * batch);
      return {
        inputs: Float32Array.from(chosen.flatMap(({input}) => input)),
        targets: Float32Array.from(chosen.flatMap((example) => targetOf(workload, example))),
      };
    });
    let next = 0;
    if (optimizer === undefined)
      return () =>
        tf.tidy(() => {
          const sums = run(tf.tensor2d(batches[next++ % batches.length].inputs, [1, sizes[0]]));
          return (kind === "classifier" ? tf.softmax(sums) : sums).dataSync()[0];
        });
    const updating = {
      sgd: () => tf.train.sgd(LEARNING_RATE),
      momentum: () => tf.train.momentum(LEARNING_RATE, MOMENTUM),
      adam: () => tf.train.adam(LEARNING_RATE),
    }[optimizer]();
    return () =>
      tf.tidy(() => {
        const {inputs, targets} = batches[next++ % batches.length];
        const given = tf.tensor2d(inputs, [batch, sizes[0]]);
        const wanted = tf.tensor2d(targets, [batch, outputs]);
        const loss = updating.minimize(() => {
          const sums = run(given);
          return kind === "classifier"
            ? tf.losses.softmaxCrossEntropy(wanted, sums)
            : tf.losses.meanSquaredError(wanted, sums);
        }, true);
        return (loss as tf.Scalar).dataSync()[0];
      });
  },
});
