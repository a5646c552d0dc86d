import {OperatorCode} from "../image/format.js";
import {RECOMPILE, refuse} from "../image/open.js";
import type {Operator, Step} from "./operator.js";

/**
 * From float32 to int8: q = round(x / scale) + zeroPoint, kept within [-128, 127]; halves are rounded away from zero, as
 * TensorFlow Lite's quantization does. NaN becomes -128.
 *
 * Constants: scale, a float32; zeroPoint, an int32 from -128 to 127.
 */
export const quantize: Operator = Object.freeze({
  code: OperatorCode.quantize,
  name: "quantize",
  inPlace: false,
  isFrozen: true,
  parameterCount: () => 0,
  constantCount: () => 2,
  outputWords: int8Words,
  checkConstants: checkScale,
  forward,
  backward: () => {},
});

/** @returns 32-bit words that so many int8 numbers take */
export function int8Words(size: number): number {
  return (size + 3) >>> 2;
}

/** @throws InputError unless as many numbers go out as come in, and the constants are a scale above 0 and a zero point */
export function checkScale(field: string, {image, constantsAt, inputSize, outputSize}: Step): void {
  if (outputSize !== inputSize) refuse(`${field}: outputs`, inputSize, outputSize, RECOMPILE);
  const scale = image.constants[constantsAt];
  if (!(scale > 0 && scale < Infinity)) refuse(`${field}: scale`, "above 0", scale, RECOMPILE);
  checkZeroPoint(field, image.constantWords[constantsAt + 1]);
}

/** @throws InputError for a zero point that is no int8 number */
export function checkZeroPoint(field: string, zeroPoint: number): void {
  if (zeroPoint < -128 || zeroPoint > 127)
    refuse(`${field}: zero point`, "-128 to 127", zeroPoint, RECOMPILE);
}

function forward({arena, views, image, constantsAt, inputAt, outputAt, outputSize}: Step): void {
  const {int8} = views;
  const scale = image.constants[constantsAt];
  const zeroPoint = image.constantWords[constantsAt + 1];
  const to = outputAt * 4;
  for (let j = 0; j < outputSize; j++) {
    const x = arena[inputAt + j] / scale;
    const q = (x < 0 ? Math.ceil(x - 0.5) : Math.floor(x + 0.5)) + zeroPoint;
    int8[to + j] = q >= 127 ? 127 : q > -128 ? q : -128;
  }
}
