import {denseSoftmax as runtime} from "../../runtime/ops/dense-softmax.js";
import type {CompilerOperator} from "./operator.js";

export const denseSoftmax: CompilerOperator = {runtime, module: "ganglion/ops/dense-softmax"};
