/**
 * The numbers that the image's writer and reader share. The layout is drawn in docs/image.md and beside the
 * writer, compiler/image/write.ts.
 */
export const MAGIC = 0x4c4e4147; // "GANL", read as a little-endian word
export const MAJOR_VERSION = 2;
export const MINOR_VERSION = 1;

/** magic, version, length, CRC-32, number of sections: 5 words */
export const HEADER_BYTES = 20;
/** kind, offset, length of a section: 3 words */
export const SECTION_ENTRY_BYTES = 12;

export const Section = Object.freeze({
  program: 1,
  constants: 2,
  preprocessing: 3,
  labels: 4,
  plans: 5,
  metadata: 6,
  training: 7,
  anomaly: 8,
  int8: 9,
});

/** Program section: words before the first operator, and words an operator. */
export const ProgramWords = Object.freeze({header: 4, operator: 3});
/** Preprocessing section: words before the first stage, and words a stage. */
export const PreprocessingWords = Object.freeze({header: 1, stage: 5});
/** Plans section: words before the first plan, before a plan's first operator, and words an operator. */
export const PlanWords = Object.freeze({header: 1, plan: 8, operator: 3});
/** More than a description of 64 layers can become: so that no step takes longer than this many rounds of the arena. */
export const MOST_OPERATORS = 512;
export const MOST_STAGES = 65;
/** Training section: float32 numbers an operator, see Regularization in ops/operator.ts. */
export const TRAINING_NUMBERS = 4;

export const OperatorCode = Object.freeze({
  dense: 1,
  relu: 2,
  sigmoid: 3,
  softmax: 4,
  tanh: 5,
  leakyRelu: 6,
  dropout: 7,
  centroids: 8,
  denseInt8Weights: 10,
  quantize: 11,
  dequantize: 12,
  denseInt8: 13,
  lookup: 14,
  denseRelu: 15,
  denseSigmoid: 16,
  denseTanh: 17,
  denseLeakyRelu: 18,
  denseSoftmax: 19,
});
export const PreprocessingCode = Object.freeze({
  statistics: 1,
  standardize: 2,
  minMax: 3,
  robust: 4,
  log: 5,
  power: 6,
  clip: 7,
});
export const LossCode = Object.freeze({
  softmaxCrossEntropy: 1,
  crossEntropy: 2,
  meanSquaredError: 3,
  meanAbsoluteError: 4,
  binaryCrossEntropy: 5,
  sigmoidBinaryCrossEntropy: 6,
  nearestCentroid: 7,
  reconstruction: 8,
});

/** Stands for "not there" in an offset's place. */
export const NONE = -1;
