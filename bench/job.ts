/** What a network is measured at. */
export interface Job {
  readonly name: string;
  /** Undefined for an inference. */
  readonly optimizer: "sgd" | "momentum" | "adam" | undefined;
  /** Examples of one step of learning; 1 for an inference. */
  readonly batch: 1 | 16;
}

export const jobs: readonly Job[] = Object.freeze([
  {name: "inference", optimizer: undefined, batch: 1},
  {name: "SGD, online", optimizer: "sgd", batch: 1},
  {name: "momentum, online", optimizer: "momentum", batch: 1},
  {name: "Adam, online", optimizer: "adam", batch: 1},
  {name: "SGD, batch 16", optimizer: "sgd", batch: 16},
  {name: "momentum, batch 16", optimizer: "momentum", batch: 16},
  {name: "Adam, batch 16", optimizer: "adam", batch: 16},
]);

/** Of every contender that takes one: so small that a network stays as it is for as long as is measured. */
export const LEARNING_RATE = 1e-5;
export const MOMENTUM = 0.9;
