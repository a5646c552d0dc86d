import type {NumberFormat} from "../compiler/quantization/quantization.js";

/** What a network is measured at. */
export interface Job {
  readonly name: string;
  /** Undefined for an inference. */
  readonly optimizer: "sgd" | "momentum" | "adam" | undefined;
  /** Examples of one step of learning; 1 for an inference. */
  readonly batch: 1 | 16;
  /** Of the weights and, in int8, of what runs between the layers. */
  readonly format: NumberFormat;
}

const float32 = {format: "float32"} as const;

/** What other packages are measured at too. */
export const jobs: readonly Job[] = Object.freeze([
  {name: "inference", optimizer: undefined, batch: 1, ...float32},
  {name: "SGD, online", optimizer: "sgd", batch: 1, ...float32},
  {name: "momentum, online", optimizer: "momentum", batch: 1, ...float32},
  {name: "Adam, online", optimizer: "adam", batch: 1, ...float32},
  {name: "SGD, batch 16", optimizer: "sgd", batch: 16, ...float32},
  {name: "momentum, batch 16", optimizer: "momentum", batch: 16, ...float32},
  {name: "Adam, batch 16", optimizer: "adam", batch: 16, ...float32},
]);

/** What is counted of this package: those, and an inference of quantized weights. */
export const countedJobs: readonly Job[] = Object.freeze([
  jobs[0],
  {name: "inference, int8 weights", optimizer: undefined, batch: 1, format: "int8-weights"},
  {name: "inference, int8", optimizer: undefined, batch: 1, format: "int8"},
  ...jobs.slice(1),
]);

/** Of every contender that takes one: so small that a network stays as it is for as long as is measured. */
export const LEARNING_RATE = 1e-5;
export const MOMENTUM = 0.9;
