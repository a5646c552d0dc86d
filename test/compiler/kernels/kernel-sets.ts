import {compile, type Trained} from "../../../compiler/compile.js";
import type {Description} from "../../../compiler/description/schema.js";
import {type KernelSet, kernelSets, nativeModules} from "../../../compiler/kernels/kernel-set.js";
import type {WayOfLearning} from "../../../compiler/learning-ways.js";
import type {Quantization} from "../../../compiler/quantization/quantization.js";
import type {Model} from "../../../runtime/model.js";
import type {Network} from "../../../runtime/network.js";
import {loadModule} from "./load-module.js";

export interface ModelOfSet {
  readonly kernels: KernelSet;
  readonly model: Model;
  /** The same in every set. */
  readonly image: Uint8Array;
  readonly javascript: string;
}

/** @returns the same network with each set of kernels that runs in Node, all code of it whatever it takes */
export async function inEverySet(
  description: Description,
  learn: readonly WayOfLearning[],
  quantization: Quantization,
  trained?: Trained,
): Promise<ModelOfSet[]> {
  return Promise.all(
    kernelSets
      .filter((kernels) => nativeModules[kernels] === undefined)
      .map(async (kernels) => {
        const options = {kernels, flashBudget: Infinity};
        const {image, module} = compile(description, learn, trained, quantization, options);
        return {kernels, model: await loadModule(module.javascript), image, javascript: module.javascript};
      }),
  );
}

/**
 * @returns what of a learner's arena the next example builds upon: parameters, gradients and the optimizer's states. Deltas
 *   of an example that is through are nobody's; generated code leaves those that a ReLU sets to 0 as they are.
 */
export function lastingOf({arena, plan}: Network): Float32Array {
  const {parametersAt, learned, gradients, states} = plan;
  return arena.subarray(parametersAt, parametersAt + learned * (1 + gradients + states));
}
