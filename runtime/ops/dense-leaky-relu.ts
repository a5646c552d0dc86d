import {OperatorCode} from "../image/format.js";
import {denseWith} from "./dense-with.js";
import {leakyRelu} from "./leaky-relu.js";

/** A fully connected layer and then leakyRelu. */
export const denseLeakyRelu = denseWith(leakyRelu, OperatorCode.denseLeakyRelu, "denseLeakyRelu");
