import {denseTanh as runtime} from "../../runtime/ops/dense-tanh.js";
import type {CompilerOperator} from "./operator.js";

export const denseTanh: CompilerOperator = {runtime, module: "ganglion/ops/dense-tanh"};
