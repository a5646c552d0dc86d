import {denseLeakyRelu as runtime} from "../../runtime/ops/dense-leaky-relu.js";
import type {CompilerOperator} from "./operator.js";

export const denseLeakyRelu: CompilerOperator = {runtime, module: "ganglion/ops/dense-leaky-relu"};
