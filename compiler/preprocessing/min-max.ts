import {minMax as runtime} from "../../runtime/preprocessing/min-max.js";
import {inverseOf} from "./inverse.js";
import type {CompilerTransform} from "./transform.js";

/**
 * Constants: minimum, scale, low.
 * @param low what the least value becomes
 * @param high what the greatest becomes, above low
 */
export function minMax(low: number, high: number): CompilerTransform {
  return {
    runtime,
    module: "ganglion/preprocessing/min-max",
    unchanging: [0, 1, 0],
    findConstants(values) {
      const minimum = values.reduce((a, b) => Math.min(a, b));
      const maximum = values.reduce((a, b) => Math.max(a, b));
      const inverse = inverseOf(maximum - minimum, Math.max(-minimum, maximum));
      return [minimum, (high - low) * inverse, low];
    },
  };
}
