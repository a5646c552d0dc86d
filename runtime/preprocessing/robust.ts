import {PreprocessingCode} from "../image/format.js";
import type {Transform} from "./stage.js";
import {standardize} from "./standardize.js";

/**
 * feature[i] = (feature[i] - median[i]) * inverseSpread[i]: the arithmetic of standardize with constants that a few
 * outliers don't move. Constants: all medians, then all 1 / (third quartile - first quartile), of the training
 * recordings; 1 stands for the inverse of 0.
 */
export const robust: Transform = Object.freeze({
  code: PreprocessingCode.robust,
  name: "robust",
  constantCount: standardize.constantCount,
  apply: standardize.apply,
});
