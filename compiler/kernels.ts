import type {Compiled} from "./compile.js";
import {generateModule} from "./module/generate.js";

/** What runs a model's layers on a device, and the module that a compiled model then imports it from. */
export const kernelSets = Object.freeze({
  /** JavaScript, on any engine. */
  portable: undefined,
  /** C with the bytes of the portable kernels; the app includes manifest-native.json. */
  native: "ganglion/native",
  /** C in single precision, for chips whose floating point unit has that alone, with a contract of its own. */
  "native-single": "ganglion/native-single",
});

export type KernelSet = keyof typeof kernelSets;

export const kernelSetNames = Object.keys(kernelSets) as KernelSet[];

/** @returns the same model with a module that brings these kernels along */
export function withKernels(compiled: Compiled, kernels: KernelSet): Compiled {
  const {description, graph, stages, plans} = compiled;
  const firstLearning = Math.min(...plans.map((plan) => plan.firstLearning));
  const labels = description.labels ?? [];
  const module = generateModule(description.name, graph, stages, labels, firstLearning, kernelSets[kernels]);
  return {...compiled, kernels, module};
}
