import {OperatorCode} from "../image/format.js";
import {denseWith} from "./dense-with.js";
import {sigmoid} from "./sigmoid.js";

/** A fully connected layer and then sigmoid. */
export const denseSigmoid = denseWith(sigmoid, OperatorCode.denseSigmoid, "denseSigmoid");
