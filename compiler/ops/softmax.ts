import {softmax as runtime} from "../../runtime/ops/softmax.js";
import type {CompilerOperator} from "./operator.js";

export const softmax: CompilerOperator = {runtime, module: "ganglion/ops/softmax"};
