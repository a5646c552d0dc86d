/** What the contenders use of packages that have no types, or whose types are installed only when benchmarks run. */

declare module "brain.js" {
  export class NeuralNetwork {
    constructor(options: {
      inputSize: number;
      hiddenLayers: readonly number[];
      outputSize: number;
      activation: "relu";
      learningRate?: number;
      momentum?: number;
      praxis?: "adam";
    });
    readonly outputs: readonly ArrayLike<number>[];
    initialize(): void;
    run(input: readonly number[]): ArrayLike<number>;
    trainPattern(example: {input: readonly number[]; output: readonly number[]}): void;
    toFunction(): (input: readonly number[]) => readonly number[];
  }
}

declare module "convnetjs" {
  class Vol {
    constructor(values: number[]);
    readonly w: ArrayLike<number>;
  }
  class Net {
    makeLayers(layers: readonly object[]): void;
    forward(volume: Vol): Vol;
  }
  class Trainer {
    constructor(net: Net, options: object);
    train(volume: Vol, answer: number | number[]): {readonly loss: number};
  }
  const convnetjs: {Vol: typeof Vol; Net: typeof Net; Trainer: typeof Trainer};
  export default convnetjs;
}

declare module "synaptic" {
  interface Layer {
    set(options: {squash: unknown}): void;
  }
  interface Network {
    readonly layers: {readonly hidden: readonly Layer[]; readonly output: Layer};
    activate(input: readonly number[]): readonly number[];
    propagate(rate: number, target: readonly number[]): void;
  }
  export const Architect: {Perceptron: new (...sizes: readonly number[]) => Network};
  export const Neuron: {readonly squash: {readonly RELU: unknown; readonly IDENTITY: unknown}};
}

declare module "neataptic" {
  interface Network {
    readonly nodes: readonly {readonly type: "input" | "hidden" | "output"; squash: unknown}[];
    activate(input: readonly number[], training?: boolean): readonly number[];
    /** For inference alone. */
    noTraceActivate(input: readonly number[]): readonly number[];
    propagate(rate: number, momentum: number, update: boolean, target: readonly number[]): void;
  }
  export const architect: {Perceptron: new (...sizes: readonly number[]) => Network};
  export const methods: {readonly activation: {readonly RELU: unknown; readonly IDENTITY: unknown}};
}

declare module "ml-fnn" {
  export default class FeedForwardNeuralNetwork {
    constructor(options: {
      hiddenLayers: readonly number[];
      iterations: number;
      learningRate: number;
      regularization: number;
      activation: "tanh";
    });
    train(features: readonly (readonly number[])[], labels: readonly number[]): void;
    predict(features: readonly (readonly number[])[]): readonly unknown[];
  }
}
