import {robust as runtime} from "../../runtime/preprocessing/robust.js";
import {inverseOf} from "./inverse.js";
import {quantile} from "./quantile.js";
import type {CompilerTransform} from "./transform.js";

/** Constants: median, 1 / (third quartile - first quartile). */
export const robust: CompilerTransform = {
  runtime,
  module: "ganglion/preprocessing/robust",
  unchanging: [0, 1],
  findConstants(values) {
    const sorted = values.slice().sort();
    const median = quantile(sorted, 0.5);
    return [median, inverseOf(quantile(sorted, 0.75) - quantile(sorted, 0.25), median)];
  },
};
