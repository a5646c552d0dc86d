import {dropout as runtime} from "../../runtime/ops/dropout.js";
import type {CompilerOperator} from "./operator.js";

export const dropout: CompilerOperator = {runtime, module: "ganglion/ops/dropout"};
