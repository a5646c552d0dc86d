import {binaryCrossEntropy} from "../runtime/losses/binary-cross-entropy.js";
import {crossEntropy} from "../runtime/losses/cross-entropy.js";
import type {Loss} from "../runtime/losses/loss.js";
import {meanAbsoluteError} from "../runtime/losses/mean-absolute-error.js";
import {meanSquaredError} from "../runtime/losses/mean-squared-error.js";
import {nearestCentroid} from "../runtime/losses/nearest-centroid.js";
import {reconstruction} from "../runtime/losses/reconstruction.js";
import {sigmoidBinaryCrossEntropy} from "../runtime/losses/sigmoid-binary-cross-entropy.js";
import {softmaxCrossEntropy} from "../runtime/losses/softmax-cross-entropy.js";
import type {CompilerOperator} from "./ops/operator.js";
import {activations} from "./ops/table.js";

/** The compiler's side of a loss. */
export interface CompilerLoss {
  readonly runtime: Loss;
  /** Where a generated module imports it from. */
  readonly module: string;
}

/** Losses by the name that a description gives them. */
export const losses = {
  crossEntropy: {runtime: crossEntropy, module: "ganglion/losses/cross-entropy"},
  binaryCrossEntropy: {runtime: binaryCrossEntropy, module: "ganglion/losses/binary-cross-entropy"},
  meanSquaredError: {runtime: meanSquaredError, module: "ganglion/losses/mean-squared-error"},
  meanAbsoluteError: {runtime: meanAbsoluteError, module: "ganglion/losses/mean-absolute-error"},
  nearestCentroid: {runtime: nearestCentroid, module: "ganglion/losses/nearest-centroid"},
  reconstruction: {runtime: reconstruction, module: "ganglion/losses/reconstruction"},
} satisfies Record<string, CompilerLoss>;

/** A last activation and a loss whose derivatives are simpler together than one after the other. */
export const fusedLosses: readonly {
  readonly loss: keyof typeof losses;
  readonly last: CompilerOperator;
  readonly takes: CompilerLoss;
}[] = [
  {
    loss: "crossEntropy",
    last: activations.softmax,
    takes: {runtime: softmaxCrossEntropy, module: "ganglion/losses/softmax-cross-entropy"},
  },
  {
    loss: "binaryCrossEntropy",
    last: activations.sigmoid,
    takes: {runtime: sigmoidBinaryCrossEntropy, module: "ganglion/losses/sigmoid-binary-cross-entropy"},
  },
];
