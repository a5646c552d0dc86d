import {InputError} from "./input-error.js";

/** @throws InputError when an option is not within (low, high), or [low, high) where the low end counts too */
export function checkOption(name: string, value: number, low: number, high: number, withLow = false): void {
  const isWithin = typeof value === "number" && (value > low || (withLow && value === low)) && value < high;
  if (!isWithin) {
    const expected = `a number ${withLow ? "at or above" : "above"} ${low} and below ${high}`;
    throw new InputError(name, expected, `${value}`, "Change the option.");
  }
}

/** @throws InputError for options that are no object, and for one that nothing reads, such as a misspelt one */
export function checkOptionNames(options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    const remedy = "Hand the options in as an object, as {name: value}.";
    throw new InputError("options", `an object with ${known.join(", ")}`, `${options}`, remedy);
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new InputError("options", `only ${known.join(", ")}`, name, "Correct the name, or leave it out.");
  }
}

/** @throws InputError for an option that is no whole number from 1 */
export function checkWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new InputError(name, "a whole number from 1", `${value}`, "Change the option.");
}
