import {relu as runtime} from "../../runtime/ops/relu.js";
import type {CompilerOperator} from "./operator.js";

export const relu: CompilerOperator = {runtime, module: "ganglion/ops/relu"};
