import {denseInt8Weights as runtime} from "../../runtime/ops/dense-int8-weights.js";
import type {CompilerOperator} from "./operator.js";

export const denseInt8Weights: CompilerOperator = {runtime, module: "ganglion/ops/dense-int8-weights"};
