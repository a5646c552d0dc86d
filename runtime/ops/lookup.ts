import {OperatorCode} from "../image/format.js";
import type {Operator, Step} from "./operator.js";
import {int8Words} from "./quantize.js";

/** An activation of int8 numbers by a table of all 256, in place: q becomes table[q + 128]. Int8: the table. */
export const lookup: Operator = Object.freeze({
  code: OperatorCode.lookup,
  name: "lookup",
  inPlace: true,
  isFrozen: true,
  takesInt8: true,
  parameterCount: () => 0,
  int8Count: () => 256,
  outputWords: int8Words,
  forward,
  backward: () => {},
});

function forward({views, image, int8At, outputAt, outputSize}: Step): void {
  const {int8} = views;
  const table = image.int8;
  const at = outputAt * 4;
  for (let j = 0; j < outputSize; j++) int8[at + j] = table[int8At + 128 + int8[at + j]];
}
