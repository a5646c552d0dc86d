import {denseSigmoid as runtime} from "../../runtime/ops/dense-sigmoid.js";
import type {CompilerOperator} from "./operator.js";

export const denseSigmoid: CompilerOperator = {runtime, module: "ganglion/ops/dense-sigmoid"};
