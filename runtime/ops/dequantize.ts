import {OperatorCode} from "../image/format.js";
import type {Operator, Step} from "./operator.js";
import {checkScale} from "./quantize.js";

/**
 * From int8 to float32: x = (q - zeroPoint) * scale. Constants: scale, a float32; zeroPoint, an int32 from -128 to 127.
 */
export const dequantize: Operator = Object.freeze({
  code: OperatorCode.dequantize,
  name: "dequantize",
  inPlace: false,
  isFrozen: true,
  takesInt8: true,
  parameterCount: () => 0,
  constantCount: () => 2,
  checkConstants: checkScale,
  forward,
  backward: () => {},
});

function forward({arena, views, image, constantsAt, inputAt, outputAt, outputSize}: Step): void {
  const {int8} = views;
  const scale = image.constants[constantsAt];
  const zeroPoint = image.constantWords[constantsAt + 1];
  const from = inputAt * 4;
  for (let j = 0; j < outputSize; j++) arena[outputAt + j] = (int8[from + j] - zeroPoint) * scale;
}
