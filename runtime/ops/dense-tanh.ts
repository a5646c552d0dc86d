import {OperatorCode} from "../image/format.js";
import {denseWith} from "./dense-with.js";
import {tanh} from "./tanh.js";

/** A fully connected layer and then tanh. */
export const denseTanh = denseWith(tanh, OperatorCode.denseTanh, "denseTanh");
