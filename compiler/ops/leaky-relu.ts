import {leakyRelu as runtime} from "../../runtime/ops/leaky-relu.js";
import type {CompilerOperator} from "./operator.js";

export const leakyRelu: CompilerOperator = {runtime, module: "ganglion/ops/leaky-relu"};
