import {InputError} from "../../runtime/input-error.js";
import {quote} from "./dataset.js";

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(nan|inf|infinity|1\.#\w+)$/i;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/** Whether a cell is a plain decimal number. Not Number(): that takes "", "0x10" and " " for numbers too. */
export function isNumberText(cell: string): boolean {
  return DECIMAL.test(cell);
}

/**
 * Reads a cell as the nearest float32.
 *
 * @param cell text without blanks around it
 * @param place names the cell in the message; called only when there is one
 * @param remedy what to do about a text
 * @throws InputError for anything but a finite decimal number in float32's range
 */
export function readNumber(
  cell: string,
  place: () => string,
  remedy = "Correct it, or choose other columns.",
): number {
  if (DECIMAL.test(cell)) {
    const value = Math.fround(Number(cell));
    if (Number.isFinite(value)) return value;
    throw outOfRange(place(), cell);
  }
  if (cell === "") {
    throw new InputError(
      place(),
      "a number",
      "an empty cell",
      "Fill it in, or take the whole recording out.",
    );
  }
  if (NOT_FINITE.test(cell)) {
    throw new InputError(place(), "a finite number", quote(cell), "Take the whole recording out.");
  }
  if (DECIMAL_COMMA.test(cell)) {
    throw new InputError(
      place(),
      "a number with a decimal point",
      `${quote(cell)} with a decimal comma`,
      "Save the file with decimal points.",
    );
  }
  throw new InputError(place(), "a number", quote(cell), remedy);
}

/**
 * A JSON number as the nearest float32.
 *
 * @throws InputError when float32 can't hold it
 */
export function roundNumber(value: number, place: () => string): number {
  const rounded = Math.fround(value);
  if (Number.isFinite(rounded)) return rounded;
  throw outOfRange(place(), String(value));
}

function outOfRange(place: string, text: string): InputError {
  return new InputError(place, "a number up to 3.4e38 (float32)", quote(text), "Record it in a larger unit.");
}

/**
 * The shortest decimal text that reads back to the same float32, the sign of zero included.
 *
 * @param value a finite float32
 */
export function shortestText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  // Nine significant digits tell all float32 apart.
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return String(candidate);
  }
  return String(Number(value.toPrecision(9)));
}
