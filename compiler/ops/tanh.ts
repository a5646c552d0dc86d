import {tanh as runtime} from "../../runtime/ops/tanh.js";
import type {CompilerOperator} from "./operator.js";

export const tanh: CompilerOperator = {runtime, module: "ganglion/ops/tanh"};
