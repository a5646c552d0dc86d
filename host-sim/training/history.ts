/**
 * How the network stood after one pass over the training examples. Loss and accuracy are measured after the pass, for
 * training and validation alike: what separates the two curves is the recordings, not the moment or the dropout.
 */
export interface Epoch {
  /** Counts from 1. */
  readonly epoch: number;
  /** Mean data loss of the training examples, without penalty. */
  readonly loss: number;
  /** What L1 and L2 add to it. */
  readonly penalty: number;
  /** Share of the training examples that it gets right, 0 to 1; not there when numbers are predicted. */
  readonly accuracy?: number;
  /** The same of the validation recordings; not there without validation. */
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
  /** Learning rate of the epoch's first update. */
  readonly learningRate: number;
}
