import {denseInt8 as runtime} from "../../runtime/ops/dense-int8.js";
import type {CompilerOperator} from "./operator.js";

export const denseInt8: CompilerOperator = {runtime, module: "ganglion/ops/dense-int8"};
