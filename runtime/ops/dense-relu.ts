import {OperatorCode} from "../image/format.js";
import {denseWith} from "./dense-with.js";
import {relu} from "./relu.js";

/** A fully connected layer and then relu. */
export const denseRelu = denseWith(relu, OperatorCode.denseRelu, "denseRelu");
