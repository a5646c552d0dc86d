import {OperatorCode} from "../image/format.js";
import {denseWith} from "./dense-with.js";
import {softmax} from "./softmax.js";

/** A fully connected layer and then softmax. */
export const denseSoftmax = denseWith(softmax, OperatorCode.denseSoftmax, "denseSoftmax");
