import {lookup as runtime} from "../../runtime/ops/lookup.js";
import type {CompilerOperator} from "./operator.js";

export const lookup: CompilerOperator = {runtime, module: "ganglion/ops/lookup"};
