import {InputError} from "ganglion/input-error";

/** @throws InputError unless `value` has all of these methods, as when the module was handed in and not what it opens */
export function checkMethods(place: string, value: unknown, names: readonly string[], remedy: string): void {
  const missing =
    value === undefined || value === null
      ? names
      : names.filter((name) => typeof (value as Record<string, unknown>)[name] !== "function");
  if (missing.length === 0) return;
  throw new InputError(place, `an object with ${names.join(", ")}`, `none of ${missing.join(", ")}`, remedy);
}
