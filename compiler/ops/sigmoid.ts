import {sigmoid as runtime} from "../../runtime/ops/sigmoid.js";
import type {CompilerOperator} from "./operator.js";

export const sigmoid: CompilerOperator = {runtime, module: "ganglion/ops/sigmoid"};
