import type {KernelSet} from "../../compiler/kernels/kernel-set.js";

/** Where a contender comes from: a package that competes, or this one with a set of kernels. */
export type Entry =
  | {
      readonly name: string;
      /** The module in this folder. */
      readonly module: string;
      /** The package that is measured, and what differs from what was asked for. */
      readonly differs: string;
    }
  | {readonly name: string; readonly kernels: KernelSet};

/** This package, one entry a set of kernels. The first is what all ratios are to. */
export const ours: readonly Extract<Entry, {kernels: KernelSet}>[] = Object.freeze([
  {name: "ganglion, portable", kernels: "portable"},
  {name: "ganglion, generated", kernels: "generated"},
  {name: "ganglion, native", kernels: "native"},
  {name: "ganglion, native-single", kernels: "native-single"},
]);

/** Those that Node runs: it has no kernels in C. */
export const oursInNode: typeof ours = ours.filter(
  ({kernels}) => kernels === "portable" || kernels === "generated",
);

export const peers: readonly Extract<Entry, {module: string}>[] = Object.freeze([
  {
    name: "brain.js",
    module: "brain",
    differs: "ReLU at the end too, squared error, every update with momentum; no batches",
  },
  {
    name: "brain.js toFunction",
    module: "brain-function",
    differs: "one expression with the weights in it; inference of one hidden layer",
  },
  {name: "convnetjs", module: "convnet", differs: "no Adam"},
  {
    name: "synaptic",
    module: "synaptic",
    differs:
      "linear at the end, squared error; code written for each weight, so not for the autoencoder; SGD online alone",
  },
  {
    name: "neataptic",
    module: "neataptic",
    differs: "linear at the end, squared error; an object a weight; no Adam",
  },
  {
    name: "ml-fnn",
    module: "ml-fnn",
    differs: "tanh instead of ReLU; classifiers and SGD alone",
  },
  {name: "tfjs core, cpu", module: "tfjs", differs: "nothing"},
]);
