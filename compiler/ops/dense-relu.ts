import {denseRelu as runtime} from "../../runtime/ops/dense-relu.js";
import type {CompilerOperator} from "./operator.js";

export const denseRelu: CompilerOperator = {runtime, module: "ganglion/ops/dense-relu"};
