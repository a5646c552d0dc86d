import {standardize as runtime} from "../../runtime/preprocessing/standardize.js";
import {deviationOf} from "./deviation.js";
import {inverseOf} from "./inverse.js";
import type {CompilerTransform} from "./transform.js";

/** Constants: mean, inverse standard deviation (of the population, divided by n). */
export const standardize: CompilerTransform = {
  runtime,
  module: "ganglion/preprocessing/standardize",
  unchanging: [0, 1],
  findConstants(values) {
    const {mean, deviation} = deviationOf(values);
    return [mean, inverseOf(deviation, mean)];
  },
};
