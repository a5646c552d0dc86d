import type {FixedPoint, Scale} from "../quantization/scale.js";
import type {ActivationName} from "./part.js";

/** A fully connected layer in whole numbers, as a file holds it. */
export interface WholeDense {
  readonly kind: "dense";
  /** Row by row, a row a unit; symmetric. */
  readonly weights: Int8Array;
  /** int32, as in the file: the input's zero point is not taken off yet. */
  readonly biases: readonly number[];
  /** Of each unit: input scale * weight scale / output scale. */
  readonly factors: readonly FixedPoint[];
  readonly inputZero: number;
  readonly output: Scale;
  /** Whether a ReLU cuts off what is below the output's zero point. */
  readonly isRectified: boolean;
}

/** An activation from whole numbers to whole numbers. */
export interface WholeActivation {
  readonly kind: "activation";
  readonly activation: ActivationName;
  readonly from: Scale;
  readonly to: Scale;
}

/** A network in whole numbers with the scales that the file gives it, to be kept to the bit. */
export interface WholeNetwork {
  readonly input: Scale;
  /** Of what the file gives; undefined where that is float32. */
  readonly output: Scale | undefined;
  /** Softmax isn't among them: it stays in float32, behind the last. */
  readonly steps: readonly (WholeDense | WholeActivation)[];
}
