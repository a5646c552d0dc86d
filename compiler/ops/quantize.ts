import {quantize as runtime} from "../../runtime/ops/quantize.js";
import type {CompilerOperator} from "./operator.js";

export const quantize: CompilerOperator = {runtime, module: "ganglion/ops/quantize"};
