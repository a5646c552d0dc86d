import {standardize as runtime} from "../../runtime/preprocessing/standardize.js";
import type {CompilerTransform} from "./transform.js";

export const standardize: CompilerTransform = {
  runtime,
  module: "ganglion/preprocessing/standardize",
  /**
   * Means, then inverse standard deviations (of the population, divided by n) of each feature. A feature whose
   * deviation is below a millionth of its size counts as constant: what differs there is rounding.
   */
  findConstants(rows, size) {
    const constants = new Float32Array(2 * size).fill(1, size);
    if (rows.length === 0) return constants;
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (const row of rows) sum += row[i];
      const mean = sum / rows.length;
      let squares = 0;
      for (const row of rows) squares += (row[i] - mean) ** 2;
      const deviation = Math.sqrt(squares / rows.length);
      constants[i] = mean;
      if (deviation > 1e-6 * Math.abs(mean) && deviation > 1e-30) constants[size + i] = 1 / deviation;
    }
    return constants;
  },
};
