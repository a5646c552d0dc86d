import {crossEntropy} from "../runtime/losses/cross-entropy.js";
import type {Loss} from "../runtime/losses/loss.js";
import {meanAbsoluteError} from "../runtime/losses/mean-absolute-error.js";
import {meanSquaredError} from "../runtime/losses/mean-squared-error.js";
import {softmaxCrossEntropy} from "../runtime/losses/softmax-cross-entropy.js";

/** The compiler's side of a loss. */
export interface CompilerLoss {
  readonly runtime: Loss;
  /** Where a generated module imports it from. */
  readonly module: string;
}

/** Losses by the name that a description gives them. */
export const losses = {
  crossEntropy: {runtime: crossEntropy, module: "ganglion/losses/cross-entropy"},
  meanSquaredError: {runtime: meanSquaredError, module: "ganglion/losses/mean-squared-error"},
  meanAbsoluteError: {runtime: meanAbsoluteError, module: "ganglion/losses/mean-absolute-error"},
} satisfies Record<string, CompilerLoss>;

/** Takes the place of softmax followed by crossEntropy. */
export const fusedSoftmaxCrossEntropy: CompilerLoss = {
  runtime: softmaxCrossEntropy,
  module: "ganglion/losses/softmax-cross-entropy",
};
