import {OperatorCode} from "../image/format.js";
import {RECOMPILE, refuse} from "../image/open.js";
import type {Random} from "../random.js";
import type {Operator, Step} from "./operator.js";

/**
 * Inverted dropout, in place (N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
 * 2014, with the scale moved from inference to training): while learning, each value becomes 0 with probability `rate`
 * and is divided by 1 - rate otherwise. Inference leaves all values as they are.
 *
 * Constants: rate, within [0, 1). Mask: one bit a value, 1 where it was kept.
 */
export const dropout: Operator = Object.freeze({
  code: OperatorCode.dropout,
  name: "dropout",
  inPlace: true,
  parameterCount: () => 0,
  constantCount: () => 1,
  checkConstants,
  largestSlope: ({image, constantsAt}: Step) => 1 / (1 - image.constants[constantsAt]),
  maskSize: (outputSize: number) => (outputSize + 31) >>> 5,
  forward,
  forwardLearning,
  backward,
});

function checkConstants(field: string, {image, constantsAt}: Step): void {
  const rate = image.constants[constantsAt];
  if (!(rate >= 0 && rate < 1)) refuse(`${field}: rate`, "0 or more and below 1", rate, RECOMPILE);
}

function forward(): void {}

function forwardLearning(step: Step, random: Random): void {
  const {arena, outputAt, outputSize, maskAt} = step;
  const {words} = step.views;
  const rate = step.image.constants[step.constantsAt];
  const keep = 1 - rate;
  let mask = 0;
  for (let j = 0; j < outputSize; j++) {
    if (random.uniform() < rate) arena[outputAt + j] = 0;
    else {
      arena[outputAt + j] /= keep;
      mask |= 1 << (j & 31);
    }
    if ((j & 31) === 31 || j === outputSize - 1) {
      words[maskAt + (j >> 5)] = mask;
      mask = 0;
    }
  }
}

/**
 * The deltas of the values that were kept are divided as those were; the others become 0. The values kept go back to what
 * the activation before gave, up to a rounding, because its own backward may need them; for those that became 0 it
 * doesn't matter, as their delta is 0.
 */
function backward(step: Step): void {
  const {arena, outputAt, outputSize, outputDeltaAt, maskAt} = step;
  const {words} = step.views;
  const keep = 1 - step.image.constants[step.constantsAt];
  for (let j = 0; j < outputSize; j++) {
    if ((words[maskAt + (j >> 5)] >>> (j & 31)) & 1) {
      arena[outputDeltaAt + j] /= keep;
      arena[outputAt + j] *= keep;
    } else arena[outputDeltaAt + j] = 0;
  }
}
