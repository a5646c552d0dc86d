import "@tensorflow/tfjs-backend-cpu";
import {
  enableProdMode,
  type Optimizer as TfjsOptimizer,
  tensor1d,
  tensor2d,
  transpose,
} from "@tensorflow/tfjs-core";
import * as tfjs from "@tensorflow/tfjs-layers";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import type {DescriptionSource} from "../../../compiler/description/schema.js";
import type {OptimizerName} from "../../../compiler/optimizers.js";
import {Learner} from "../../../runtime/learner.js";
import type {LearnerOptions} from "../../../runtime/learning/learner-options.js";
import type {Optimizer} from "../../../runtime/optimizers/optimizer.js";
import {drawer, drawNumbers} from "../reference/draw.js";

// Else the first tensor prints an advertisement.
enableProdMode();

export type DenseSource = Extract<DescriptionSource["layers"][number], {type: "dense"}>;

export interface TwinSource {
  readonly inputs: number;
  readonly layers: readonly DenseSource[];
  readonly loss: keyof typeof LOSSES;
  readonly learn: OptimizerName;
  readonly optimizer: Optimizer;
  readonly tfjsOptimizer: TfjsOptimizer;
  readonly options?: LearnerOptions;
}

/** The same network twice, with the same parameters: ours, which learns, and the one of TensorFlow.js. */
export interface Twins {
  readonly learner: Learner;
  /** A view of ours: layer by layer, weights row by row, then biases. */
  readonly parameters: Float32Array;
  readonly model: tfjs.Sequential;
}

/** @param start all parameters, in our order; drawn within +-0.8 when left out */
export function makeTwins(source: TwinSource, start?: ArrayLike<number>): Twins {
  const {inputs, layers, loss, learn, optimizer, tfjsOptimizer, options} = source;
  const description = checkDescription({
    name: "twin",
    input: {columns: Array.from({length: inputs}, (_, k) => `column ${k}`)},
    preprocessing: [],
    layers,
    loss,
  });
  const {image, model} = compile(description, [learn]);
  const learner = new Learner(model, image, optimizer, options);
  const {arena, plan} = learner.network;
  const parameters = arena.subarray(plan.parametersAt, plan.parametersAt + plan.learned);
  parameters.set(start ?? drawNumbers(drawer(layers.length), parameters.length, 0.8));
  const twin = tfjsModel(inputs, layers, parameters);
  twin.compile({optimizer: tfjsOptimizer, loss: LOSSES[loss]});
  return {learner, parameters, model: twin};
}

const LOSSES = {
  crossEntropy: "categoricalCrossentropy",
  binaryCrossEntropy: "binaryCrossentropy",
  meanSquaredError: "meanSquaredError",
  meanAbsoluteError: "meanAbsoluteError",
} as const;

function tfjsModel(
  inputs: number,
  layers: readonly DenseSource[],
  parameters: Float32Array,
): tfjs.Sequential {
  const model = tfjs.sequential();
  let size = inputs;
  let at = 0;
  for (const {units, activation, l1 = 0, l2 = 0, biasL1 = 0, biasL2 = 0} of layers) {
    model.add(
      tfjs.layers.dense({
        units,
        inputShape: [size],
        kernelRegularizer: tfjs.regularizers.l1l2({l1, l2}),
        biasRegularizer: tfjs.regularizers.l1l2({l1: biasL1, l2: biasL2}),
      }),
    );
    // Its slope is 0.3 unless told, ours 0.01.
    if (activation === "leakyRelu") model.add(tfjs.layers.leakyReLU({alpha: 0.01}));
    else if (activation !== undefined) model.add(tfjs.layers.activation({activation}));
    const biasAt = at + size * units;
    const kernel = transpose(tensor2d(parameters.slice(at, biasAt), [units, size]));
    const dense = model.layers.filter((layer) => layer.getClassName() === "Dense");
    dense[dense.length - 1].setWeights([kernel, tensor1d(parameters.slice(biasAt, biasAt + units))]);
    at = biasAt + units;
    size = units;
  }
  return model;
}

/** @returns the parameters of TensorFlow.js in our order */
export function parametersOf(model: tfjs.Sequential): Float32Array {
  const parameters = model
    .getWeights()
    .flatMap((weights) => [...(weights.rank === 2 ? transpose(weights) : weights).dataSync()]);
  return Float32Array.from(parameters);
}

export interface Example {
  readonly input: ArrayLike<number>;
  readonly target: ArrayLike<number>;
}

/**
 * One batch for both, with an update at its end.
 * @returns the mean loss that each had before it, penalties included
 */
export async function learnBatch(
  {learner, model}: Twins,
  batch: readonly Example[],
): Promise<{ours: number; tfjs: number}> {
  let sum = 0;
  for (const {input, target} of batch) {
    learner.network.load(input);
    learner.target.set(Array.from(target));
    sum += learner.learnTarget();
  }
  learner.update();
  const inputs = tensor2d(batch.map(({input}) => Array.from(input)));
  const targets = tensor2d(batch.map(({target}) => Array.from(target)));
  const loss = await model.trainOnBatch(inputs, targets);
  inputs.dispose();
  targets.dispose();
  return {ours: sum / batch.length, tfjs: Number(loss)};
}
