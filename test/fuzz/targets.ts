import {descriptions} from "./descriptions.js";
import {files} from "./files.js";
import {images} from "./images.js";
import {keras, kerasHdf5, onnx, safetensors, tfjsLayers, tflite} from "./networks.js";
import type {Target} from "./target.js";

/** All targets by name. */
export const targets: Readonly<Record<string, Target>> = {
  images,
  descriptions,
  files,
  tflite,
  onnx,
  tfjs: tfjsLayers,
  "keras-h5": kerasHdf5,
  keras,
  safetensors,
};
