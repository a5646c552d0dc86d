import {binaryCrossEntropy} from "../../../runtime/losses/binary-cross-entropy.js";
import {clip, crossEntropy} from "../../../runtime/losses/cross-entropy.js";
import type {Loss} from "../../../runtime/losses/loss.js";
import {meanAbsoluteError} from "../../../runtime/losses/mean-absolute-error.js";
import {meanSquaredError} from "../../../runtime/losses/mean-squared-error.js";
import {reconstruction} from "../../../runtime/losses/reconstruction.js";
import {sigmoidBinaryCrossEntropy} from "../../../runtime/losses/sigmoid-binary-cross-entropy.js";
import {softmaxCrossEntropy} from "../../../runtime/losses/softmax-cross-entropy.js";
import {log} from "../numbers/log.js";
import {round} from "../round.js";

/**
 * What runtime/native/losses/ does in single precision. A score is JavaScript's on a device too, and so the portable one;
 * nearestCentroid computes nothing.
 */
export const singleLosses: readonly Loss[] = [
  {
    ...softmaxCrossEntropy,
    measure(arena, outputAt, deltaAt, size) {
      let loss = 0;
      for (let j = 0; j < size; j++) {
        const target = arena[deltaAt + j];
        const y = arena[outputAt + j];
        if (target !== 0 || !(y >= 0)) loss = round(loss - round(target * log(clip(y))));
        arena[deltaAt + j] = y - target;
      }
      return loss;
    },
  },
  {
    ...crossEntropy,
    measure(arena, outputAt, deltaAt, size) {
      let loss = 0;
      for (let j = 0; j < size; j++) {
        const target = arena[deltaAt + j];
        const p = clip(arena[outputAt + j]);
        if (target === 0 && p > 0) continue;
        loss = round(loss - round(target * log(p)));
        arena[deltaAt + j] = -target / p;
      }
      return loss;
    },
  },
  {
    ...binaryCrossEntropy,
    measure(arena, outputAt, deltaAt, size) {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const target = arena[deltaAt + j];
        const p = clip(arena[outputAt + j]);
        sum = round(sum + binaryLoss(p, target));
        arena[deltaAt + j] = round(round(p - target) / round(p * round(1 - p))) / size;
      }
      return round(sum / size);
    },
  },
  {
    ...sigmoidBinaryCrossEntropy,
    measure(arena, outputAt, deltaAt, size) {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const target = arena[deltaAt + j];
        const y = arena[outputAt + j];
        sum = round(sum + binaryLoss(clip(y), target));
        arena[deltaAt + j] = round(y - target) / size;
      }
      return round(sum / size);
    },
  },
  {
    ...meanSquaredError,
    measure(arena, outputAt, deltaAt, size) {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const error = round(arena[outputAt + j] - arena[deltaAt + j]);
        sum = round(sum + round(error * error));
        arena[deltaAt + j] = round(2 * error) / size;
      }
      return round(sum / size);
    },
  },
  {
    ...meanAbsoluteError,
    measure(arena, outputAt, deltaAt, size) {
      const share = round(1 / size);
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const error = round(arena[outputAt + j] - arena[deltaAt + j]);
        sum = round(error < 0 ? sum - error : sum + error);
        arena[deltaAt + j] = error > 0 ? share : error < 0 ? -share : error;
      }
      return round(sum / size);
    },
  },
  {
    ...reconstruction,
    measure(arena, outputAt, deltaAt, size, inputAt) {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const error = round(arena[outputAt + j] - arena[inputAt + j]);
        arena[deltaAt + j] = round(2 * error) / size;
        sum = round(sum + round(error * error));
      }
      return round(sum / size);
    },
  },
];

function binaryLoss(p: number, target: number): number {
  return -round(round(target * log(p)) + round(round(1 - target) * log(round(1 - p))));
}
