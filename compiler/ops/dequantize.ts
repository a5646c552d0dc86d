import {dequantize as runtime} from "../../runtime/ops/dequantize.js";
import type {CompilerOperator} from "./operator.js";

export const dequantize: CompilerOperator = {runtime, module: "ganglion/ops/dequantize"};
