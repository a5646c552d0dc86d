import {InputError} from "../runtime/input-error.js";

/** @throws InputError for an option that isn't a whole number within the range, borders included */
export function checkWhole(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InputError(
    option,
    `a whole number from ${least} to ${most}`,
    String(value),
    "Correct the option.",
  );
}

/** @throws InputError for an option that isn't a number within the range, borders included */
export function checkRange(option: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new InputError(option, `a number from ${least} to ${most}`, String(value), "Correct the option.");
}

/** @throws InputError for an option that is none of the names, as a program without types may give one */
export function checkName(option: string, value: string, names: readonly string[]): void {
  if (names.includes(value)) return;
  throw new InputError(option, `one of ${names.join(", ")}`, String(value), "Correct the option.");
}

/** @throws InputError for a seed that isn't a whole number */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed)) return;
  throw new InputError("seed", "a whole number", String(seed), "Take 1, for example.");
}
