import type {activations} from "../ops/table.js";
import type {WholeNetwork} from "./whole-network.js";

/** An activation by the name that a description gives it. */
export type ActivationName = keyof typeof activations;

/** What a node of a file becomes, before neighbours are joined into layers. */
export type Part =
  | {
      readonly kind: "dense";
      readonly inputs: number;
      readonly units: number;
      /** Row by row, a row a unit. */
      readonly weights: ArrayLike<number>;
      readonly biases: ArrayLike<number>;
    }
  /** x factor + offset, feature by feature: what batch normalization does in inference, and what adds a bias. */
  | {readonly kind: "scale"; readonly factors: ArrayLike<number>; readonly offsets: ArrayLike<number>}
  | {readonly kind: "activation"; readonly activation: ActivationName}
  | {readonly kind: "dropout"; readonly rate: number};

/** Why a node can't be taken. */
export interface Refusal {
  /** The nearest rewrite, as an imperative. */
  readonly rewrite: string;
}

/** One node of the network in the file, in the order in which they run. */
export interface FoundNode {
  /** As the file calls it. */
  readonly name: string;
  /** As the file's format calls it: "Gemm", "FULLY_CONNECTED". */
  readonly operator: string;
  /** Shapes without the batch, as text: "[640]"; "?" where the file doesn't say and nothing tells. */
  readonly inputs: string;
  readonly outputs: string;
  /** None for a node that changes no number, as Flatten. */
  readonly became: readonly Part[] | Refusal;
}

/** What a file holds: a chain of nodes from one input to one output. */
export interface FoundNetwork {
  /** "ONNX", "TensorFlow Lite" and so on. */
  readonly format: string;
  readonly inputSize: number;
  readonly nodes: readonly FoundNode[];
  /** The same in whole numbers, where the file holds them; the nodes are then what these stand for. */
  readonly whole?: WholeNetwork | undefined;
  /** What the format's table takes, for the message that refuses something. */
  readonly supported: readonly string[];
}

/** Sizes of a shape that a message shows. */
const MOST_SIZES = 8;

/** @returns what a shape is called in messages; undefined is one that nobody knows */
export function shapeText(shape: readonly (number | string)[] | undefined): string {
  if (shape === undefined) return "?";
  const more = shape.length > MOST_SIZES ? ", ..." : "";
  return `[${shape.slice(0, MOST_SIZES).join(", ")}${more}]`;
}

/** The slope that the runtime's leaky ReLU has. */
const SLOPE = 0.01;

/** @param slope below 0, as a float32 or a float64 number; @returns leaky ReLU, or that its slope is another one */
export function leakyReluOf(slope: number): readonly Part[] | Refusal {
  if (Math.abs(slope - SLOPE) < 1e-8) return [{kind: "activation", activation: "leakyRelu"}];
  return {rewrite: `train it with slope ${SLOPE} in place of ${slope}, or with ReLU`};
}

/**
 * Batch normalization as inference runs it: (x - mean) / sqrt(variance + epsilon) gamma + beta, in float64.
 * S. Ioffe and C. Szegedy, "Batch Normalization", 2015, algorithm 2.
 */
export function normalizationOf(numbers: {
  readonly mean: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
  readonly gamma: ArrayLike<number> | undefined;
  readonly beta: ArrayLike<number> | undefined;
  readonly epsilon: number;
}): Part {
  const {mean, variance, gamma, beta, epsilon} = numbers;
  const factors = Float64Array.from(mean, (_, k) => (gamma?.[k] ?? 1) / Math.sqrt(variance[k] + epsilon));
  const offsets = Float64Array.from(mean, (value, k) => (beta?.[k] ?? 0) - value * factors[k]);
  return {kind: "scale", factors, offsets};
}
