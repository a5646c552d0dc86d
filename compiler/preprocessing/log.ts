import {log as runtime} from "../../runtime/preprocessing/log.js";
import type {CompilerTransform} from "./transform.js";

/** Constant: 1 where the logarithm is taken. */
export const log: CompilerTransform = {
  runtime,
  module: "ganglion/preprocessing/log",
  unchanging: [0],
  findConstants: () => [1],
};
