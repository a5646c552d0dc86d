import {clip as runtime} from "../../runtime/preprocessing/clip.js";
import {quantile} from "./quantile.js";
import type {CompilerTransform} from "./transform.js";

/** Where to clip: at two numbers, or at two percentiles of the training examples, 0 to 100. */
export interface ClipSettings {
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly percentiles?: readonly [number, number] | undefined;
}

/** Constants: low, high. */
export function clip({low = CLIP_LOW, high = CLIP_HIGH, percentiles}: ClipSettings): CompilerTransform {
  return {
    runtime,
    module: "ganglion/preprocessing/clip",
    unchanging: [-LARGEST_FLOAT32, LARGEST_FLOAT32],
    findConstants(values) {
      if (percentiles === undefined) return [low, high];
      const sorted = values.slice().sort();
      return percentiles.map((percentile) => quantile(sorted, percentile / 100));
    },
  };
}

/** Three standard deviations, after standardize. */
export const CLIP_LOW = -3;
export const CLIP_HIGH = 3;

const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;
